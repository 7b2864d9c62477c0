using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Depthwise convolutions and their gradients against sums in double, over random shapes.</summary>
public class DepthwiseConvolutionTests
{
    private static readonly int[] Channels = [1, 2, 3, 4, 8, 13, 16, 17, 32, 40];

    public static TheoryData<Width, int> Seeds => Widths.With([.. Enumerable.Range(0, 60)]);

    [Theory, MemberData(nameof(Seeds))]
    public void Forward_scales_shifts_adds_and_activates(Width width, int seed)
    {
        var (random, window, shape, images) = Case(seed);
        GuardedFloats x = Image(images * window.Window.InputPixels * shape.Inputs, seed), weight = GuardedFloats.Random(shape.WeightLength, 2);
        var y = new GuardedFloats(images * window.Window.OutputPixels * shape.Outputs);
        GuardedFloats scale = Optional(random, shape.Outputs, 3), shift = Optional(random, shape.Outputs, 4), residual = Optional(random, y.Length, 5);
        var expected = Convolve(x, weight, window, shape, images);
        for (int i = 0; i < expected.Length; i++)
        {
            int c = i % shape.Outputs;
            expected[i] = ((scale.Length == 0 ? 1 : scale[c]) * expected[i]) + (shift.Length == 0 ? 0 : shift[c]) + (residual.Length == 0 ? 0 : residual[i]);
        }
        Widths.Run(width, new DepthwiseConvolution.ForwardKernel<Identity>(x, weight, scale, shift, residual, y, images, shape, default));
        y.AssertClose(i => expected[i]);
        Widths.Run(width, new DepthwiseConvolution.ForwardKernel<LeakyReLU>(x, weight, scale, shift, residual, y, images, shape, new(0.1f)));
        y.AssertClose(i => expected[i] > 0 ? expected[i] : 0.1 * expected[i]);
        Widths.Run(width, new DepthwiseConvolution.ForwardKernel<Tanh>(x, weight, scale, shift, residual, y, images, shape, default));
        y.AssertClose(i => Math.Tanh(expected[i]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_sample_has_the_same_bits_alone_and_in_a_batch(Width width, int seed)
    {
        var (_, window, shape, images) = Case(seed);
        GuardedFloats x = Image(images * window.Window.InputPixels * shape.Inputs, seed), weight = GuardedFloats.Random(shape.WeightLength, 2);
        int size = window.Window.OutputPixels * shape.Outputs, inputSize = window.Window.InputPixels * shape.Inputs;
        GuardedFloats batch = new(images * size), alone = new(size);
        Widths.Run(width, new DepthwiseConvolution.ForwardKernel<ReLU>(x, weight, default, default, default, batch, images, shape, default));
        for (int i = 0; i < images; i++)
        {
            Widths.Run(width, new DepthwiseConvolution.ForwardKernel<ReLU>(x.Span.Slice(i * inputSize, inputSize), weight, default, default, default, alone, 1, shape, default));
            Assert.Equal(batch.Span.Slice(i * size, size), alone.Span);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_gradient_of_the_image_gathers_what_its_pixels_were_read_by(Width width, int seed)
    {
        var (_, window, shape, images) = Case(seed);
        int inputs = shape.Inputs, outputs = shape.Outputs, m = shape.GroupOutputs;
        GuardedFloats dy = Image(images * window.Window.OutputPixels * outputs, seed), weight = GuardedFloats.Random(shape.WeightLength, 2);
        var dx = new GuardedFloats(images * window.Window.InputPixels * inputs);
        GuardedFloats saved = GuardedFloats.Random(dx.Length, 3);
        var expected = new double[dx.Length];
        Each(window, images, (image, place, tap, pixel) =>
        {
            for (int c = 0; c < outputs; c++)
            {
                expected[(image * window.Window.InputPixels + pixel) * inputs + (c / m)] +=
                    (double)dy[(image * window.Window.OutputPixels + place) * outputs + c] * weight[tap * outputs + c];
            }
        });
        Widths.Run(width, new DepthwiseConvolution.InputGradientKernel<Identity>(dy, weight, dx, images, shape, default, default));
        dx.AssertClose(i => expected[i]);
        Widths.Run(width, new DepthwiseConvolution.InputGradientKernel<ReLU>(dy, weight, dx, images, shape, saved, default));
        dx.AssertClose(i => saved[i] > 0 ? expected[i] : 0);
        Widths.Run(width, new DepthwiseConvolution.InputGradientKernel<Tanh>(dy, weight, dx, images, shape, saved, default));
        dx.AssertClose(i => (1 - ((double)saved[i] * saved[i])) * expected[i]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_gradient_of_the_weight_has_the_same_bits_from_several_workers(Width width, int seed)
    {
        var (_, window, shape, images) = Case(seed);
        int inputs = shape.Inputs, outputs = shape.Outputs, m = shape.GroupOutputs;
        GuardedFloats x = Image(images * window.Window.InputPixels * inputs, seed), dy = Image(images * window.Window.OutputPixels * outputs, seed + 1);
        GuardedFloats dw = new(shape.WeightLength), parts = new(shape.WeightLength);
        var expected = new double[dw.Length];
        Each(window, images, (image, place, tap, pixel) =>
        {
            for (int c = 0; c < outputs; c++)
            {
                expected[tap * outputs + c] += (double)dy[(image * window.Window.OutputPixels + place) * outputs + c] * x[(image * window.Window.InputPixels + pixel) * inputs + (c / m)];
            }
        });
        Widths.Run(width, new DepthwiseConvolution.WeightGradientKernel(x, dy, dw, images, shape, new(0, outputs)));
        dw.AssertClose(i => expected[i]);
        for (int start = 0; start < outputs; start += 16)
        {
            Widths.Run(width, new DepthwiseConvolution.WeightGradientKernel(x, dy, parts, images, shape, new(start, Math.Min(16, outputs - start))));
        }
        parts.AssertGuards();
        Assert.Equal(dw.Span, parts.Span);
    }

    [Fact]
    public void The_public_methods_hand_on_their_operands()
    {
        var window = new SlidingWindow([3], [2], [2], [1], [1], [0]);
        var shape = new ConvolutionShape(window, 1, 1);
        float[] y = new float[2], dx = new float[3], dw = new float[2];
        DepthwiseConvolution.Forward([1, 2, 3], [10, 1], [2], [1], [0, -100], y, 1, shape, new ReLU());
        Assert.Equal([25, 0], y);
        DepthwiseConvolution.InputGradient([1, 2], [10, 1], dx, 1, shape, [1, 0, 1], new ReLU());
        Assert.Equal([10, 0, 2], dx);
        DepthwiseConvolution.WeightGradient([1, 2, 3], [1, 2], dw.AsSpan(), 1, shape, Worker.Alone);
        Assert.Equal([5, 8], dw);
    }

    private static (Random Random, RandomWindow Window, ConvolutionShape Shape, int Images) Case(int seed)
    {
        var random = new Random(seed);
        var window = new RandomWindow(random);
        int inputs = Channels[random.Next(Channels.Length)], multiplier = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        return (random, window, new ConvolutionShape(window.Window, inputs, inputs * multiplier, inputs), random.Next(1, 4));
    }

    private static GuardedFloats Image(int length, int seed) => GuardedFloats.Random(length, seed + 1000);

    private static GuardedFloats Optional(Random random, int length, int seed) => GuardedFloats.Random(random.Next(2) == 0 ? 0 : length, seed);

    private static double[] Convolve(GuardedFloats x, GuardedFloats weight, RandomWindow window, ConvolutionShape shape, int images)
    {
        var y = new double[images * window.Window.OutputPixels * shape.Outputs];
        Each(window, images, (image, place, tap, pixel) =>
        {
            for (int c = 0; c < shape.Outputs; c++)
            {
                y[(image * window.Window.OutputPixels + place) * shape.Outputs + c] +=
                    (double)x[(image * window.Window.InputPixels + pixel) * shape.Inputs + (c / shape.GroupOutputs)] * weight[tap * shape.Outputs + c];
            }
        });
        return y;
    }

    private static void Each(RandomWindow window, int images, Action<int, int, int, int> read)
    {
        for (int image = 0; image < images; image++)
        {
            for (int place = 0; place < window.Window.OutputPixels; place++)
            {
                foreach (var (tap, pixel) in window.Reads(place)) read(image, place, tap, pixel);
            }
        }
    }
}
