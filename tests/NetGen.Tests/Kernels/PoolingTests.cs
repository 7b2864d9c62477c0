using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Pooling and its gradients against plain loops, over random shapes.</summary>
public class PoolingTests
{
    private static readonly int[] Channels = [1, 2, 3, 8, 13, 16, 17, 40, 130];

    public static TheoryData<Width, int> Seeds => Widths.With([.. Enumerable.Range(0, 90)]);

    [Theory, MemberData(nameof(Seeds))]
    public void Max_is_the_largest_pixel_and_its_gradient_goes_to_the_first(Width width, int seed)
    {
        var (window, channels, images) = Case(seed);
        GuardedFloats x = Coarse(images * window.Window.InputPixels * channels, seed), y = new(images * window.Window.OutputPixels * channels);
        GuardedFloats dy = GuardedFloats.Random(y.Length, seed + 1), dx = new(x.Length);
        var maxima = new double[y.Length];
        var gradient = new double[dx.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int[] pixels = Pixels(window, channels, i);
            int best = pixels.Length == 0 ? -1 : pixels.MaxBy(p => x[p]);
            maxima[i] = best < 0 ? double.NegativeInfinity : x[best];
            if (best >= 0) gradient[best] += dy[i];
        }
        Widths.Run(width, new Pooling.MaxKernel(x, y, images, window.Window, channels));
        y.AssertGuards();
        Assert.Equal(maxima, Closeness.ToDouble(y));
        Widths.Run(width, new Pooling.MaxGradientKernel<Identity>(x, y, dy, dx, images, window.Window, channels, default));
        dx.AssertClose(i => gradient[i]);
        Widths.Run(width, new Pooling.MaxGradientKernel<LeakyReLU>(x, y, dy, dx, images, window.Window, channels, new(0.25f)));
        dx.AssertClose(i => x[i] > 0 ? gradient[i] : 0.25 * gradient[i]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Max_is_NaN_wherever_the_window_covers_one(Width width, int seed)
    {
        var (window, channels, images) = Case(seed);
        GuardedFloats x = Coarse(images * window.Window.InputPixels * channels, seed), y = new(images * window.Window.OutputPixels * channels);
        var random = new Random(seed);
        for (int i = 0; i < x.Length; i += random.Next(1, 20)) x.Span[i] = float.NaN;
        Widths.Run(width, new Pooling.MaxKernel(x, y, images, window.Window, channels));
        for (int i = 0; i < y.Length; i++) Assert.Equal(Pixels(window, channels, i).Any(p => float.IsNaN(x[p])), float.IsNaN(y[i]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_gradient_of_a_NaN_goes_to_the_first_NaN_of_its_window(Width width, int seed)
    {
        var (window, channels, images) = Case(seed);
        GuardedFloats x = Coarse(images * window.Window.InputPixels * channels, seed), y = new(images * window.Window.OutputPixels * channels);
        GuardedFloats dy = GuardedFloats.Random(y.Length, seed + 1), dx = new(x.Length);
        var random = new Random(seed);
        for (int i = 0; i < x.Length; i += random.Next(1, 20)) x.Span[i] = random.Next(4) == 0 ? float.NegativeInfinity : float.NaN;
        var gradient = new double[dx.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int[] pixels = Pixels(window, channels, i);
            if (pixels.Length > 0) gradient[pixels.FirstOrDefault(p => float.IsNaN(x[p]), pixels.MaxBy(p => x[p]))] += dy[i];
        }
        Widths.Run(width, new Pooling.MaxKernel(x, y, images, window.Window, channels));
        Widths.Run(width, new Pooling.MaxGradientKernel<Identity>(x, y, dy, dx, images, window.Window, channels, default));
        dx.AssertClose(i => gradient[i]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Average_divides_by_the_pixels_or_by_the_taps(Width width, int seed)
    {
        var (window, channels, images) = Case(seed);
        GuardedFloats x = GuardedFloats.Random(images * window.Window.InputPixels * channels, seed), y = new(images * window.Window.OutputPixels * channels);
        GuardedFloats dy = GuardedFloats.Random(y.Length, seed + 1), dx = new(x.Length);
        foreach (bool countPadding in new[] { false, true })
        {
            int Count(int[] pixels) => countPadding ? window.Window.Taps : Math.Max(pixels.Length, 1);
            var gradient = new double[dx.Length];
            for (int i = 0; i < y.Length; i++)
            {
                int[] pixels = Pixels(window, channels, i);
                foreach (int p in pixels) gradient[p] += (double)dy[i] / Count(pixels);
            }
            Widths.Run(width, new Pooling.AverageKernel(x, y, images, window.Window, channels, countPadding));
            y.AssertClose(i => Pixels(window, channels, i).Sum(p => (double)x[p]) / Count(Pixels(window, channels, i)));
            Widths.Run(width, new Pooling.AverageGradientKernel(dy, dx, images, window.Window, channels, countPadding));
            dx.AssertClose(i => gradient[i]);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public unsafe void An_adaptive_average_divides_the_image_evenly(Width width, int seed)
    {
        var random = new Random(seed);
        int h = random.Next(1, 12), w = random.Next(1, 12), oh = random.Next(1, 8), ow = random.Next(1, 8), channels = Channels[random.Next(Channels.Length)], images = 2;
        GuardedFloats x = GuardedFloats.Random(images * h * w * channels, 1), y = new(images * oh * ow * channels), dy = GuardedFloats.Random(y.Length, 2), dx = new(x.Length);
        double[] means = new double[y.Length], gradient = new double[dx.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % channels, column = i / channels % ow, row = i / channels / ow % oh, image = i / channels / ow / oh;
            int top = row * h / oh, bottom = (((row + 1) * h) + oh - 1) / oh, left = column * w / ow, right = (((column + 1) * w) + ow - 1) / ow;
            for (int r = top; r < bottom; r++)
            {
                for (int q = left; q < right; q++)
                {
                    int pixel = ((((image * h) + r) * w) + q) * channels + c;
                    means[i] += (double)x[pixel] / (bottom - top) / (right - left);
                    gradient[pixel] += (double)dy[i] / (bottom - top) / (right - left);
                }
            }
        }
        fixed (float* px = x.Span, py = y.Span, pdy = dy.Span, pdx = dx.Span)
        {
            Widths.Run(width, new Pooling.AdaptiveKernel(px, py, null, null, images, h, w, oh, ow, channels));
            dx.Span.Clear();
            Widths.Run(width, new Pooling.AdaptiveKernel(null, null, pdy, pdx, images, h, w, oh, ow, channels));
        }
        y.AssertClose(i => means[i]);
        dx.AssertClose(i => gradient[i]);
    }

    [Fact]
    public void The_public_methods_hand_on_their_operands()
    {
        var window = new SlidingWindow([2, 3], [1, 2], [2, 2], [2, 1], [1, 1], [0, 0]);
        float[] x = [1, -2, 0, 1, 3, -1], y = new float[2], dx = [9, 9, 9, 9, 9, 9];
        Pooling.Max(x, y, 1, window, 1);
        Assert.Equal([3, 3], y);
        Pooling.MaxGradient(x, y, [10, 20], dx, 1, window, 1);
        Assert.Equal([0, 0, 0, 0, 30, 0], dx);
        Pooling.MaxGradient(x, y, [10, 20], dx, 1, window, 1, new Tanh());
        Assert.Equal([0, 0, 0, 0, -240, 0], dx);
        Pooling.Average(x, y, 1, window, 1, countPadding: false);
        Assert.Equal([0.75f, 0], y);
        Pooling.AverageGradient([4, 8], dx, 1, window, 1, countPadding: false);
        Assert.Equal([1, 3, 2, 1, 3, 2], dx);
        Pooling.AdaptiveAverage(x, y, 1, 2, 3, 2, 1, 1);
        Assert.Equal([-1 / 3f, 1], y);
        Pooling.AdaptiveAverageGradient([3, 6], dx, 1, 2, 3, 2, 1, 1);
        Assert.Equal([1, 1, 1, 2, 2, 2], dx);
    }

    private static (RandomWindow Window, int Channels, int Images) Case(int seed)
    {
        var random = new Random(seed);
        return (new RandomWindow(random, halves: seed % 3 == 0), Channels[random.Next(Channels.Length)], random.Next(1, 4));
    }

    /// <summary>Few different values, so that windows have several largest pixels.</summary>
    private static GuardedFloats Coarse(int length, int seed)
    {
        GuardedFloats x = GuardedFloats.Random(length, seed, -4, 4);
        foreach (ref float value in x.Span) value = MathF.Round(value);
        return x;
    }

    /// <summary>Where the values lie that result i is made of, in the order of taps.</summary>
    private static int[] Pixels(RandomWindow window, int channels, int i)
    {
        int image = i / channels / window.Window.OutputPixels, place = i / channels % window.Window.OutputPixels;
        return [.. window.Reads(place).Select(read => ((image * window.Window.InputPixels) + read.Pixel) * channels + (i % channels))];
    }
}
