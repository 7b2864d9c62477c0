using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

public class SoftmaxTests
{
    public static TheoryData<Width, int> Cases => Widths.With([.. Widths.Lengths.Where(n => n > 0)]);

    public static TheoryData<Width, int> LogSumExpCases => Widths.With(1, 2, 10, 16, 17, 64, 100, 1000, 4096);

    [Theory, MemberData(nameof(Cases))]
    public void Rows_are_normalised_exponentials(Width width, int columns)
    {
        GuardedFloats x = GuardedFloats.Random(3 * columns, columns, -20, 20), y = new(3 * columns);
        Run(width, x, y, columns);
        y.AssertClose(i => Exact(x.Span.Slice(i / columns * columns, columns))[i % columns]);
        Softmax.Forward(x, x, columns);
        x.AssertClose(i => y[i]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_is_the_jacobian_times_dy(Width width, int columns)
    {
        GuardedFloats y = GuardedFloats.Random(3 * columns, 1, 0, 1), dy = GuardedFloats.Random(3 * columns, 2), dx = new(3 * columns);
        Widths.Run(width, new Softmax.GradientKernel(y, dy, dx, columns));
        dx.AssertClose(i =>
        {
            int row = i / columns * columns;
            double sum = 0;
            for (int k = row; k < row + columns; k++) sum += dy[k] * (double)y[k] * ((k == i ? 1 : 0) - y[i]);
            return sum;
        });
        Softmax.Gradient(y, dy, dy, columns);
        dy.AssertClose(i => dx[i]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_row_has_the_same_bits_alone_and_among_others(Width width, int columns)
    {
        GuardedFloats x = GuardedFloats.Random(37 * columns, columns, -20, 20), y = new(37 * columns), alone = new(columns);
        Run(width, x, y, columns);
        for (int r = 0; r < 37; r++)
        {
            Run(width, x.Span.Slice(r * columns, columns), alone, columns);
            for (int i = 0; i < columns; i++) Assert.Equal(alone[i], y[r * columns + i]);
        }
    }

    [Theory, MemberData(nameof(LogSumExpCases))]
    public void LogSumExp_is_within_4_ulp_of_its_larger_part(Width width, int columns)
    {
        foreach (float range in (float[])[0.001f, 1, 20, 1000])
        {
            GuardedFloats x = GuardedFloats.Random(3 * columns, columns, -range, range), y = new(3);
            Widths.Run(width, new Softmax.LogSumExpKernel(x, y, columns));
            for (int r = 0; r < 3; r++)
            {
                double max = double.NegativeInfinity, sum = 0;
                foreach (float v in x.Span.Slice(r * columns, columns)) max = Math.Max(max, v);
                foreach (float v in x.Span.Slice(r * columns, columns)) sum += Math.Exp(v - max);
                double ulp = Math.Pow(2, Math.ILogB(Math.Max(Math.Abs(max), Math.Log(sum))) - 23);
                Assert.InRange(Math.Abs(y[r] - (max + Math.Log(sum))) / ulp, 0, 4);
            }
        }
    }

    [Fact]
    public void LogSumExp_keeps_infinities_and_NaN()
    {
        var y = new float[4];
        float infinity = float.PositiveInfinity;
        Softmax.LogSumExp([1, infinity, 0, -infinity, -infinity, -infinity, 2, float.NaN, 1, 0, -infinity, -infinity], y, 3);
        Assert.Equal([infinity, -infinity, float.NaN, 0], y);
    }

    [Fact]
    public void Large_and_infinite_logits_do_not_overflow()
    {
        var y = new float[3];
        Softmax.Forward([1000, 1000, float.NegativeInfinity], y, 3);
        Assert.Equal([0.5f, 0.5f, 0], y);
    }

    // As Softmax.Forward chooses.
    private static void Run(Width width, ReadOnlySpan<float> x, Span<float> y, int columns)
    {
        if (columns <= SixteenRows.MaxWidth) Widths.Run(width, new Softmax.NarrowKernel(x, y, columns));
        else Widths.Run(width, new Softmax.ForwardKernel(x, y, columns));
    }

    internal static double[] Exact(ReadOnlySpan<float> x)
    {
        var e = new double[x.Length];
        double max = double.NegativeInfinity, sum = 0;
        foreach (float v in x) max = Math.Max(max, v);
        for (int i = 0; i < e.Length; i++) sum += e[i] = Math.Exp(x[i] - max);
        for (int i = 0; i < e.Length; i++) e[i] /= sum;
        return e;
    }
}
