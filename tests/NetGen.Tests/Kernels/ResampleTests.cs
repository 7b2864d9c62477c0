using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Larger images and their gradients against plain loops, over random shapes.</summary>
public class ResampleTests
{
    public static TheoryData<Width, int> Seeds => Widths.With([.. Enumerable.Range(0, 40)]);

    [Theory, MemberData(nameof(Seeds))]
    public unsafe void Nearest_repeats_pixels(Width width, int seed)
    {
        var (images, h, w, channels, fy, fx) = Case(seed);
        GuardedFloats x = GuardedFloats.Random(images * h * w * channels, 1), y = new(x.Length * fy * fx), dy = GuardedFloats.Random(y.Length, 2), dx = new(x.Length);
        int Source(int i)
        {
            int c = i % channels, column = i / channels % (w * fx), row = i / channels / (w * fx);
            return ((row / fy * w) + (column / fx)) * channels + c;
        }
        var gradient = new double[dx.Length];
        for (int i = 0; i < y.Length; i++) gradient[Source(i)] += dy[i];
        fixed (float* px = x.Span, py = y.Span, pdy = dy.Span, pdx = dx.Span)
        {
            Widths.Run(width, new Resample.NearestKernel(px, py, images * h, w, channels, fy, fx));
            Widths.Run(width, new Resample.NearestGradientKernel(pdy, pdx, images * h, w, channels, fy, fx));
        }
        y.AssertClose(i => x[Source(i)]);
        dx.AssertClose(i => gradient[i]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public unsafe void Bilinear_mixes_the_four_pixels_around_a_centre(Width width, int seed)
    {
        var (images, h, w, channels, fy, fx) = Case(seed);
        GuardedFloats x = GuardedFloats.Random(images * h * w * channels, 1), y = new(x.Length * fy * fx), dy = GuardedFloats.Random(y.Length, 2), dx = new(x.Length);
        double[] expected = new double[y.Length], gradient = new double[dx.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % channels, column = i / channels % (w * fx), row = i / channels / (w * fx) % (h * fy), image = i / channels / (w * fx) / (h * fy);
            foreach (var (r, partY) in Parts(row, fy, h))
            {
                foreach (var (q, partX) in Parts(column, fx, w))
                {
                    int pixel = ((((image * h) + r) * w) + q) * channels + c;
                    expected[i] += partY * partX * x[pixel];
                    gradient[pixel] += partY * partX * dy[i];
                }
            }
        }
        dx.Span.Clear();
        fixed (float* px = x.Span, py = y.Span, pdy = dy.Span, pdx = dx.Span)
        {
            Widths.Run(width, new Resample.BilinearKernel(px, py, images, h, w, channels, fy, fx));
            Widths.Run(width, new Resample.BilinearGradientKernel(pdy, pdx, images, h, w, channels, fy, fx));
        }
        y.AssertClose(i => expected[i]);
        dx.AssertClose(i => gradient[i]);
    }

    [Fact]
    public void The_public_methods_hand_on_their_operands()
    {
        float[] y = new float[8], dx = new float[2];
        Resample.Nearest([1, 5], y, 1, 1, 2, 1, 2, 2);
        Assert.Equal([1, 1, 5, 5, 1, 1, 5, 5], y);
        Resample.NearestGradient([1, 2, 3, 4, 5, 6, 7, 8], dx, 1, 1, 2, 1, 2, 2);
        Assert.Equal([14, 22], dx);
        Resample.Bilinear([1, 5], y, 1, 1, 2, 1, 2, 2);
        Assert.Equal([1, 2, 4, 5, 1, 2, 4, 5], y);
        Resample.BilinearGradient([1, 2, 3, 4, 5, 6, 7, 8], dx, 1, 1, 2, 1, 2, 2);
        Assert.Equal([1 + 1.5f + 0.75f + 5 + 4.5f + 1.75f, 0.5f + 2.25f + 4 + 1.5f + 5.25f + 8], dx);
    }

    private static (int Images, int Height, int Width, int Channels, int FactorY, int FactorX) Case(int seed)
    {
        var random = new Random(seed);
        int[] channels = [1, 2, 3, 8, 13, 16, 17, 40];
        return (random.Next(1, 4), random.Next(1, 8), random.Next(1, 8), channels[random.Next(channels.Length)], random.Next(1, 5), random.Next(1, 5));
    }

    private static (int Pixel, double Part)[] Parts(int place, int factor, int extent)
    {
        double position = Math.Max((place + 0.5) / factor - 0.5, 0);
        int first = (int)position;
        return [(first, 1 - (position - first)), (Math.Min(first + 1, extent - 1), position - first)];
    }
}
