using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>The kernels of optimizers on every width, for lengths around whole and partial vectors.</summary>
public sealed class OptimizerKernelTests
{
    public static TheoryData<Width> AllWidths => Widths.Theory;

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Adam(Width width)
    {
        AdamNumbers n = new(0.99f, 0.01f, 0.9f, 0.1f, 0.95f, 0.05f, 0.02f, 1e-3f);
        foreach (int length in Widths.Lengths)
        {
            (float[] p, float[] g, float[] m, float[] v) = (Numbers(length, 1), Numbers(length, 2), Numbers(length, 3), Numbers(length, 4, Math.Abs));
            (float[] oldP, float[] oldM, float[] oldV) = ([.. p], [.. m], [.. v]);

            Widths.Run(width, new AdamStep(p.AsSpan(0, length), g.AsSpan(0, length), m.AsSpan(0, length), v.AsSpan(0, length), n));

            for (int i = 0; i < length; i++)
            {
                double parameter = n.Kept * (double)oldP[i];
                double gradient = g[i] + n.Penalty * parameter;
                double first = n.KeptFirst * (double)oldM[i] + n.NewFirst * gradient;
                double second = n.KeptSecond * (double)oldV[i] + n.NewSecond * gradient * gradient;
                AssertClose(first, m[i]);
                AssertClose(second, v[i]);
                AssertClose(parameter - n.Rate * first / (Math.Sqrt(second) + n.Epsilon), p[i]);
            }
            Assert.Equal((oldP[length], oldM[length], oldV[length]), (p[length], m[length], v[length]));
        }
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Momentum(Width width)
    {
        foreach (bool nesterov in (bool[])[false, true])
        {
            foreach (int length in Widths.Lengths)
            {
                (float[] p, float[] g, float[] v) = (Numbers(length, 1), Numbers(length, 2), Numbers(length, 3));
                (float[] oldP, float[] oldV) = ([.. p], [.. v]);

                Widths.Run(width, new MomentumDescent(
                    p.AsSpan(0, length), g.AsSpan(0, length), v.AsSpan(0, length), rate: 0.1f, momentum: 0.9f, decay: 0.05f, nesterov));

                for (int i = 0; i < length; i++)
                {
                    double direction = g[i] + 0.05 * oldP[i];
                    double velocity = 0.9 * oldV[i] + direction;
                    AssertClose(velocity, v[i]);
                    AssertClose(oldP[i] - 0.1 * (nesterov ? direction + 0.9 * velocity : velocity), p[i]);
                }
                Assert.Equal((oldP[length], oldV[length]), (p[length], v[length]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Plain_descent_has_the_same_bits_on_every_width(Width width)
    {
        foreach (int length in Widths.Lengths)
        {
            (float[] p, float[] g) = (Numbers(length, 1), Numbers(length, 2));
            float[] expected = [.. p];
            for (int i = 0; i < length; i++)
            {
                float step = 0.1f * g[i];
                expected[i] -= step;
            }

            Widths.Run(width, new BinaryMap<Descent>(p.AsSpan(0, length), g.AsSpan(0, length), p.AsSpan(0, length), new(0.1f)));

            Assert.Equal(expected, p);
        }
    }

    /// <summary><paramref name="length"/> numbers between -1 and 1, and one behind them.</summary>
    private static float[] Numbers(int length, int seed, Func<float, float>? map = null) =>
        [.. Enumerable.Range(0, length + 1).Select(i => MathF.Sin(i * 1.7f + seed)).Select(map ?? (x => x))];

    private static void AssertClose(double expected, float actual) => Assert.InRange(Math.Abs(actual - expected), 0, 2e-6);
}
