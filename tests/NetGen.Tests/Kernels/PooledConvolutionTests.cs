using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Convolutions that are pooled as they are computed against the two one after the other, bit by bit.</summary>
public class PooledConvolutionTests
{
    // The last two are copied between zeros by bands, with more rows in a band than maxima take at a time and with fewer.
    private static readonly Func<ConvolutionCase>[] Convolutions =
    [
        () => ConvolutionCase.Square(3, 1, 16, 28, 3, padding: 0),
        () => ConvolutionCase.Square(2, 16, 32, 13, 3, padding: 0),
        () => ConvolutionCase.Square(2, 3, 20, 33, 3, stride: 2),
        () => ConvolutionCase.Square(2, 5, 70, 12, 5),
        () => ConvolutionCase.Square(2, 24, 36, 9, 3, groups: 3),
        () => ConvolutionCase.Square(2, 6, 3, 15, 3, dilation: 2, padding: 2),
        () => ConvolutionCase.Square(2, 20, 16, 15, 3, winograd: true),
        () => ConvolutionCase.Square(1, 4, 200, 70, 3),
        () => ConvolutionCase.Square(1, 12, 4, 40, 3),
    ];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Convolutions.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void The_maxima_have_the_bits_of_a_convolution_and_a_pool(Width width, int convolution)
    {
        ConvolutionCase c = Convolutions[convolution]();
        GuardedFloats scale = GuardedFloats.Random(c.Shape.Outputs, 5), shift = GuardedFloats.Random(c.Shape.Outputs, 6);
        foreach ((int kernelHeight, int kernelWidth, int strideHeight, int strideWidth) in new[] { (2, 2, 2, 2), (3, 3, 3, 3), (2, 3, 3, 2), (1, 2, 1, 1), (3, 2, 4, 2) })
        {
            SlidingWindow pool = Pool(c.Shape, kernelHeight, kernelWidth, strideHeight, strideWidth);
            AssertBits<ReLU>(width, c, pool, default, shift);
            AssertBits<Identity>(width, c, pool, default, default);
            AssertBits<SiLU>(width, c, pool, default, shift);
            AssertBits<ReLU>(width, c, pool, scale, shift);
            AssertBits<Tanh>(width, c, pool, default, shift);
        }
    }

    [Theory, MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void A_maximum_is_NaN_where_a_pixel_is(Width width)
    {
        var c = ConvolutionCase.Square(2, 3, 20, 12, 3);
        c.X.Span[100] = float.NaN;
        AssertBits<Identity>(width, c, Pool(c.Shape, 2, 2, 2, 2), default, default);
    }

    [Fact]
    public void The_public_method_hands_on_its_operands()
    {
        var c = ConvolutionCase.Square(2, 5, 20, 6, 3);
        SlidingWindow pool = Pool(c.Shape, 2, 2, 2, 2);
        GuardedFloats scale = GuardedFloats.Random(20, 5), shift = GuardedFloats.Random(20, 6), whole = new(c.Dy.Length);
        GuardedFloats expected = new(c.Images * pool.OutputPixels * 20), y = new(expected.Length);
        Convolution.Forward(c.X, c.Weight, scale, shift, default, whole, c.Images, c.Shape, default(ReLU));
        Pooling.Max(whole, expected, c.Images, pool, 20);
        Convolution.ForwardPooled(c.X, c.Weight, scale, shift, y, c.Images, c.Shape, pool, default(ReLU));
        y.AssertGuards();
        Assert.Equal(expected.Span.ToArray(), y.Span.ToArray());
    }

    private static void AssertBits<TActivation>(Width width, ConvolutionCase c, SlidingWindow pool, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
        where TActivation : struct, IActivation
    {
        int channels = c.Shape.Outputs;
        GuardedFloats whole = new(c.Dy.Length), expected = new(c.Images * pool.OutputPixels * channels), y = new(expected.Length);
        Widths.Run(width, new Convolution.ForwardKernel<TActivation>(c.X, c.Weight, scale, shift, default, whole, c.Images, c.Shape, default));
        Widths.Run(width, new Pooling.MaxKernel(whole, expected, c.Images, pool, channels));
        Widths.Run(width, new Convolution.PooledKernel<TActivation>(c.X, c.Weight, scale, shift, y, c.Images, c.Shape, pool, default));
        y.AssertGuards();
        Assert.Equal(Bits(expected), Bits(y));
    }

    private static int[] Bits(GuardedFloats values) => [.. values.Span.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static SlidingWindow Pool(ConvolutionShape shape, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
    {
        (int height, int width) = (shape.Window.Height.Output, shape.Window.Width.Output);
        return new(
            [height, width], [((height - kernelHeight) / strideHeight) + 1, ((width - kernelWidth) / strideWidth) + 1],
            [kernelHeight, kernelWidth], [strideHeight, strideWidth], [1, 1], [0, 0]);
    }
}
