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
        AdamNumbers n = new(0.99f, 0.01f, 0.9f, 0.1f, 0.95f, 0.05f, Rate: 0.02f, Epsilon: 1e-3f);
        foreach (int length in Widths.Lengths)
        {
            (float[] p, float[] g, float[] m, float[] v) = (Numbers(length, 1), Numbers(length, 2), Numbers(length, 3), Numbers(length, 4, Math.Abs));
            (float[] oldP, float[] oldM, float[] oldV) = ([.. p], [.. m], [.. v]);

            Widths.Run(width, new UpdateKernel<AdamRule>(p.AsSpan(0, length), g.AsSpan(0, length), m.AsSpan(0, length), v.AsSpan(0, length), default, new(n)));

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

                Widths.Run(width, new UpdateKernel<MomentumRule>(
                    p.AsSpan(0, length), g.AsSpan(0, length), v.AsSpan(0, length), default, default, new(rate: 0.1f, momentum: 0.9f, decay: 0.05f, nesterov)));

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
    public void Three_memories(Width width)
    {
        RMSPropNumbers n = new(Penalty: 0.05f, Kept: 0.9f, New: 0.1f, Rate: 0.1f, Momentum: 0.8f, Epsilon: 0.1f, Centered: true);
        foreach (int length in Widths.Lengths)
        {
            (float[] p, float[] g, float[] s, float[] b, float[] a) = (Numbers(length, 1), Numbers(length, 2), Numbers(length, 3, x => 1 + (x * x)), Numbers(length, 4), Numbers(length, 5));
            (float[] oldP, float[] oldS, float[] oldB, float[] oldA) = ([.. p], [.. s], [.. b], [.. a]);

            Widths.Run(width, new UpdateKernel<RMSPropRule>(
                p.AsSpan(0, length), g.AsSpan(0, length), s.AsSpan(0, length), b.AsSpan(0, length), a.AsSpan(0, length), new(n)));

            for (int i = 0; i < length; i++)
            {
                double gradient = g[i] + 0.05 * oldP[i], square = 0.9 * oldS[i] + 0.1 * gradient * gradient, mean = 0.9 * oldA[i] + 0.1 * gradient;
                double direction = 0.8 * oldB[i] + gradient / (Math.Sqrt(square - mean * mean) + 0.1);
                AssertClose(square, s[i]);
                AssertClose(mean, a[i]);
                AssertClose(direction, b[i]);
                AssertClose(oldP[i] - 0.1 * direction, p[i]);
            }
            Assert.Equal((oldP[length], oldS[length], oldB[length], oldA[length]), (p[length], s[length], b[length], a[length]));
        }
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Lion_goes_as_far_for_every_parameter_and_nowhere_for_none(Width width)
    {
        (float[] p, float[] g, float[] m) = ([1, 1, 1, 1], [2, -1e-20f, 0, float.NaN], new float[4]);

        Widths.Run(width, new UpdateKernel<LionRule>(p, g, m, default, default, new(kept: 1, rate: 0.25f, beta1: 0.5f, beta2: 0.5f)));

        Assert.Equal([0.75f, 1.25f, 1, 1], p);
        Assert.Equal([1, -5e-21f, 0, float.NaN], m);
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
