using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>What minimal filtering promises besides the sums that all convolutions are held against in <see cref="ConvolutionTests"/>.</summary>
public class WinogradTests
{
    // The groups of tiles: the whole image, some rows of it, and parts of a row.
    [Theory]
    [InlineData(1, 16, 16, 10, 10, 1)]
    [InlineData(2, 17, 33, 11, 13, 0)]
    [InlineData(1, 64, 48, 21, 34, 2)]
    [InlineData(1, 100, 130, 5, 41, 1)]
    public void It_is_as_exact_as_the_definition(int images, int inputs, int outputs, int height, int width, int padding)
    {
        ConvolutionCase c = new(
            images, inputs, outputs, 1, [height, width], [height + (2 * padding) - 2, width + (2 * padding) - 2],
            [3, 3], [1, 1], [1, 1], [padding, padding], winograd: true);
        double[] expected = c.Convolved;
        GuardedFloats y = new(c.Dy.Length);
        Convolution.Forward(c.X, c.Weight, default, default, default, y, images, c.Shape, default(Identity));
        y.AssertGuards();

        double largest = expected.Max(Math.Abs), error = expected.Select((sum, i) => Math.Abs(sum - y[i])).Max();
        Assert.InRange(error / largest, 0, 2e-6);
    }

    [Fact]
    public void A_pixel_that_is_not_finite_spoils_its_own_tiles_only()
    {
        var c = ConvolutionCase.Square(1, 16, 16, 12, 3, winograd: true);
        c.X.Span[((6 * 12) + 6) * 16] = float.PositiveInfinity;
        GuardedFloats y = new(c.Dy.Length);
        Convolution.Forward(c.X, c.Weight, default, default, default, y, 1, c.Shape, default(Identity));

        for (int pixel = 0; pixel < 144; pixel++)
        {
            bool near = Math.Abs((pixel / 12) - 6) <= 2 && Math.Abs((pixel % 12) - 6) <= 2;
            Assert.True(near || float.IsFinite(y[pixel * 16]), $"pixel {pixel}");
            Assert.True(Math.Abs((pixel / 12) - 6) > 1 || Math.Abs((pixel % 12) - 6) > 1 || !float.IsFinite(y[pixel * 16]), $"pixel {pixel}");
        }
    }
}
