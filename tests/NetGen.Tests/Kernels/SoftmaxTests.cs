using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

public class SoftmaxTests
{
    public static TheoryData<Width, int> Cases => Widths.With([.. Widths.Lengths.Where(n => n > 0)]);

    [Theory, MemberData(nameof(Cases))]
    public void Rows_are_normalised_exponentials(Width width, int columns)
    {
        GuardedFloats x = GuardedFloats.Random(3 * columns, columns, -20, 20), y = new(3 * columns);
        Widths.Run(width, new Softmax.ForwardKernel(x, y, columns));
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

    [Fact]
    public void Large_and_infinite_logits_do_not_overflow()
    {
        var y = new float[3];
        Softmax.Forward([1000, 1000, float.NegativeInfinity], y, 3);
        Assert.Equal([0.5f, 0.5f, 0], y);
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
