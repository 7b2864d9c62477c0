using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

public class ParametricReLUTests
{
    private static readonly (int Samples, int Pixels, int Channels)[] Shapes = [(1, 1, 1), (3, 1, 5), (2, 100, 3), (3, 4, 16), (2, 9, 33)];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, Shapes.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void Each_channel_has_its_slope_below_zero(Width width, int shape)
    {
        var (samples, pixels, channels) = Shapes[shape];
        GuardedFloats x = GuardedFloats.Random(samples * pixels * channels, 1), dy = GuardedFloats.Random(x.Length, 2), slope = GuardedFloats.Random(channels, 3);
        GuardedFloats y = new(x.Length), dx = new(x.Length), sums = new(samples * channels);
        x.Span[0] = 0;
        Widths.Run(width, new ParametricReLU.SelectKernel(x, slope, dy, dx));
        dx.AssertClose(i => x[i] > 0 ? dy[i] : (double)slope[i % channels] * dy[i]);
        Widths.Run(width, new ParametricReLU.SumsKernel(x, dy, sums, pixels, channels));
        sums.AssertClose(i =>
        {
            double sum = 0;
            for (int p = 0; p < pixels; p++)
            {
                int place = (((i / channels * pixels) + p) * channels) + (i % channels);
                sum += x[place] > 0 ? 0 : (double)x[place] * dy[place];
            }
            return sum;
        });

        ParametricReLU.Forward(x, slope, y);
        y.AssertClose(i => x[i] > 0 ? x[i] : (double)slope[i % channels] * x[i]);
        ParametricReLU.Forward(x, slope.Span[..1], y);
        y.AssertClose(i => x[i] > 0 ? x[i] : (double)slope[0] * x[i]);
        ParametricReLU.InputGradient(x, slope, dy, dy);
        dy.AssertClose(i => dx[i]);
    }
}
