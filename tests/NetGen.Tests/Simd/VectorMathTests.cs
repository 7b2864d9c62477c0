using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NetGen.CompilerServices;

namespace NetGen.Tests.Simd;

/// <summary>The elementary functions against double precision, over a million floats of all exponents and both signs, on every width.</summary>
public class VectorMathTests
{
    // A prime step visits every exponent some 2,000 times, with ever different mantissas.
    private const uint Step = 4099;

    public static TheoryData<Width> Supported => Widths.Theory;

    [Theory, MemberData(nameof(Supported))]
    public void Exp_is_within_2_ulp(Width width) => AssertUlp<Exp>(width, Math.Exp, 2);

    [Theory, MemberData(nameof(Supported))]
    public void ExpMinusOne_is_within_3_ulp(Width width) => AssertUlp<ExpMinusOne>(width, ExactExpMinusOne, 3);

    [Theory, MemberData(nameof(Supported))]
    public void Log_is_within_2_ulp(Width width) => AssertUlp<Log>(width, Math.Log, 2);

    [Theory, MemberData(nameof(Supported))]
    public void Log_is_within_2_ulp_around_1_where_it_is_0(Width width) => AssertUlp<Log>(width, Math.Log, 2, low: 0.7f, high: 1.6f, step: 7);

    [Theory, MemberData(nameof(Supported))]
    public void LogOnePlus_is_within_3_ulp(Width width) => AssertUlp<LogOnePlus>(width, ExactLogOnePlus, 3, low: 0);

    [Theory, MemberData(nameof(Supported))]
    public void LogOnePlus_is_within_3_ulp_where_its_range_is_split(Width width) => AssertUlp<LogOnePlus>(width, ExactLogOnePlus, 3, low: 0.1f, high: 2.2f, step: 11);

    [Theory, MemberData(nameof(Supported))]
    public void LogOnePlusUnit_is_within_3_ulp(Width width) => AssertUlp<LogOnePlusUnit>(width, ExactLogOnePlus, 3, low: 0, high: 1);

    [Theory, MemberData(nameof(Supported))]
    public void Tanh_is_within_5_ulp_or_6_without_FMA(Width width) => AssertUlp<Tanh>(width, Math.Tanh, IsFused(width) ? 5 : 6);

    [Theory, MemberData(nameof(Supported))]
    public void Sigmoid_is_within_4_ulp(Width width) => AssertUlp<Sigmoid>(width, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), 4);

    [Theory, MemberData(nameof(Supported))]
    public void Softplus_is_within_3_ulp(Width width) => AssertUlp<Softplus>(width, x => Math.Max(x, 0) + ExactLogOnePlus(Math.Exp(-Math.Abs(x))), 3);

    [Theory, MemberData(nameof(Supported))]
    public void Erf_is_within_5_ulp_or_6_without_FMA(Width width) => AssertUlp<Erf>(width, ExactErf, IsFused(width) ? 5 : 6);

    [Theory, MemberData(nameof(Supported))]
    public void Sin_and_cos_are_within_2e_7_up_to_30000(Width width)
    {
        float[] x = [.. Enumerable.Range(-20000, 40001).SelectMany(i => new[] { i / 1000f, i * 1.5f, i * 0.777f })], sine = new float[x.Length], cosine = new float[x.Length];
        Widths.Run(width, new UnaryMap<Sin>(x, sine, default));
        Widths.Run(width, new UnaryMap<Cos>(x, cosine, default));
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(Math.Abs(sine[i] - Math.Sin(x[i])) <= 2e-7, $"sin {x[i]:R} should not be {sine[i]:R}");
            Assert.True(Math.Abs(cosine[i] - Math.Cos(x[i])) <= 2e-7, $"cos {x[i]:R} should not be {cosine[i]:R}");
        }
    }

    [Theory, MemberData(nameof(Supported))]
    public void Sin_and_cos_are_never_more_than_1(Width width)
    {
        float[] x = [.. Enumerable.Range(0, 1 << 20).Select(i => BitConverter.Int32BitsToSingle(i * 4093)).Where(float.IsFinite), float.MaxValue, float.MinValue], y = new float[x.Length];
        Widths.Run(width, new UnaryMap<Sin>(x, y, default));
        for (int i = 0; i < x.Length; i++) Assert.True(Math.Abs(y[i]) <= 1, $"sin {x[i]:R} should not be {y[i]:R}");
        Widths.Run(width, new UnaryMap<Cos>(x, y, default));
        for (int i = 0; i < x.Length; i++) Assert.True(Math.Abs(y[i]) <= 1, $"cos {x[i]:R} should not be {y[i]:R}");
    }

    [Theory, MemberData(nameof(Supported))]
    public void Tanh_and_erf_become_1_and_never_more(Width width)
    {
        float[] x = [.. Enumerable.Range(0, 20000).Select(i => i / 1000f), 1e10f, float.MaxValue, float.PositiveInfinity];
        var y = new float[x.Length];
        Widths.Run(width, new UnaryMap<Tanh>(x, y, default));
        for (int i = 0; i < x.Length; i++) Assert.True(x[i] >= 9.6f ? y[i] == 1 : y[i] <= 1, $"tanh {x[i]:R} should not be {y[i]:R}");
        Widths.Run(width, new UnaryMap<Erf>(x, y, default));
        for (int i = 0; i < x.Length; i++) Assert.True(x[i] >= 4.1f ? y[i] == 1 : y[i] <= 1, $"erf {x[i]:R} should not be {y[i]:R}");
    }

    [Theory, MemberData(nameof(Supported))]
    public void Tanh_and_erf_are_odd_to_the_bit(Width width)
    {
        GuardedFloats x = GuardedFloats.Random(1000, seed: 1, -12, 12), negative = new(1000), y = new(1000), z = new(1000);
        for (int i = 0; i < 1000; i++) negative.Span[i] = -x[i];
        Widths.Run(width, new UnaryMap<Tanh>(x, y, default));
        Widths.Run(width, new UnaryMap<Tanh>(negative, z, default));
        for (int i = 0; i < 1000; i++) Assert.Equal(-y[i], z[i]);
        Widths.Run(width, new UnaryMap<Erf>(x, y, default));
        Widths.Run(width, new UnaryMap<Erf>(negative, z, default));
        for (int i = 0; i < 1000; i++) Assert.Equal(-y[i], z[i]);
    }

    /// <summary>The error function, from its series for small arguments and its complement's continued fraction for large ones.</summary>
    internal static double ExactErf(double x)
    {
        double t = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (t > 6) return Math.Sign(x);
        if (t < 3)
        {
            double sum = 0, term = x;
            for (int k = 0; k < 100; k++)
            {
                sum += term / (2 * k + 1);
                term *= -x * x / (k + 1);
            }
            return sum * 2 / Math.Sqrt(Math.PI);
        }
        double fraction = t;
        for (int k = 60; k > 0; k--) fraction = t + k / 2.0 / fraction;
        return Math.Sign(x) * (1 - Math.Exp(-t * t) / (Math.Sqrt(Math.PI) * fraction));
    }

    private static bool IsFused(Width width) => width != Width.Scalar && (Fma.IsSupported || AdvSimd.IsSupported);

    private static double ExactExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1;

    private static double ExactLogOnePlus(double x) => x < 1e-5 ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x);

    private static void AssertUlp<TFunction>(
        Width width, Func<double, double> exact, double tolerance, float low = float.NegativeInfinity, float high = float.PositiveInfinity, uint step = Step)
        where TFunction : struct, IUnaryOperator
    {
        List<float> inputs = [float.NaN, low, high, 0, 1, 88.7228394f, -103.972084f];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += step)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)bits);
            if (value >= low && value <= high) inputs.Add(value);
        }
        float[] x = [.. inputs.Where(v => float.IsNaN(v) || (v >= low && v <= high))];
        var y = new float[x.Length];
        Widths.Run(width, new UnaryMap<TFunction>(x, y, default));

        double worst = 0;
        float at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            if (double.IsNaN(expected) || float.IsInfinity((float)expected))
            {
                Assert.True(y[i].Equals((float)expected), $"f({x[i]:R}) should be {expected}, got {y[i]:R}");
                continue;
            }
            double magnitude = Math.Abs(expected);
            double ulp = Math.Pow(2, Math.Max(magnitude == 0 ? -149 : Math.ILogB(magnitude) - 23, -149));
            double error = Math.Abs(y[i] - expected) / ulp;
            if (error <= worst) continue;
            worst = error;
            at = x[i];
        }
        Assert.True(worst <= tolerance, $"{worst:F2} ulp at {at:R}; at most {tolerance} is promised");
    }

    private readonly struct Exp : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Exp(x);
    }

    private readonly struct ExpMinusOne : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.ExpMinusOne(x);
    }

    private readonly struct Log : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);
    }

    private readonly struct LogOnePlus : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.LogOnePlus(x);
    }

    private readonly struct LogOnePlusUnit : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.LogOnePlusUnit(x);
    }

    private readonly struct Tanh : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(x);
    }

    private readonly struct Sin : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Sin(x);
    }

    private readonly struct Cos : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Cos(x);
    }

    private readonly struct Sigmoid : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);
    }

    private readonly struct Softplus : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Softplus(x);
    }

    private readonly struct Erf : IUnaryOperator
    {
        public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Erf(x);
    }
}
