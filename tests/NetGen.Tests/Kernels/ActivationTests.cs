using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Each activation and its derivative against formulas in double.</summary>
public class ActivationTests
{
    // The derivative of each is written in x; what the kernel is given as saved is said by `savesInput`.
    private const bool SavesInput = true, SavesOutput = false;

    public static TheoryData<Width, int> Cases => Widths.With(Widths.Lengths);

    [Theory, MemberData(nameof(Cases))]
    public void Identity(Width width, int length) => Check(width, length, new Identity(), x => x, _ => 1, SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void ReLU(Width width, int length) => Check(width, length, new ReLU(), x => Math.Max(x, 0), x => x > 0 ? 1 : 0, SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void LeakyReLU(Width width, int length) =>
        Check(width, length, new LeakyReLU(0.1f), x => x > 0 ? x : 0.1 * x, x => x > 0 ? 1 : 0.1, SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void ELU(Width width, int length) =>
        Check(width, length, new ELU(1.5f), x => x > 0 ? x : 1.5 * (Math.Exp(x) - 1), x => x > 0 ? 1 : 1.5 * Math.Exp(x), SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void GELU(Width width, int length) =>
        Check(width, length, new GELU(), x => x * Phi(x), x => Phi(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI), SavesInput);

    [Theory, MemberData(nameof(Supported))]
    public void GELU_is_within_16_ulp_or_3e_8_and_0_and_infinity_at_the_infinities(Width width)
    {
        float[] x = [.. Enumerable.Range(-40000, 80001).Select(i => i / 2000f), 1e-40f, -1e-20f, 1e10f, -1e30f, float.NegativeInfinity, float.PositiveInfinity];
        var y = new float[x.Length];
        Widths.Run(width, new UnaryMap<Elementwise.Forward<GELU>>(x, y, default));
        Assert.Equal(0, y[^2]);
        Assert.Equal(float.PositiveInfinity, y[^1]);
        for (int i = 0; i < x.Length - 2; i++)
        {
            double expected = x[i] * Phi(x[i]);
            double allowed = Math.Max(16 * (double)(MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected)), Math.Abs(x[i]) < 0.1 ? 0 : 3e-8);
            Assert.True(Math.Abs(y[i] - expected) <= allowed, $"GELU({x[i]:R}) should be {expected:R}, got {y[i]:R}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void SiLU(Width width, int length) =>
        Check(width, length, new SiLU(), x => x * Logistic(x), x => Logistic(x) * (1 + x * (1 - Logistic(x))), SavesInput);

    [Theory, MemberData(nameof(Cases))]
    public void Sigmoid(Width width, int length) => Check(width, length, new Sigmoid(), Logistic, x => Logistic(x) * (1 - Logistic(x)), SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void Tanh(Width width, int length) => Check(width, length, new Tanh(), Math.Tanh, x => 1 - Math.Tanh(x) * Math.Tanh(x), SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void Softplus(Width width, int length) => Check(width, length, new Softplus(), x => Math.Log(1 + Math.Exp(x)), Logistic, SavesOutput);

    [Theory, MemberData(nameof(Cases))]
    public void HardSwish(Width width, int length) => Check(
        width, length, new HardSwish(), x => x * Math.Clamp(x + 3, 0, 6) / 6, x => x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5, SavesInput);

    [Theory, MemberData(nameof(Supported))]
    public void NaN_is_never_hidden(Width width)
    {
        AssertNaN(width, new Identity());
        AssertNaN(width, new ReLU());
        AssertNaN(width, new LeakyReLU(0.1f));
        AssertNaN(width, new ELU(1));
        AssertNaN(width, new GELU());
        AssertNaN(width, new SiLU());
        AssertNaN(width, new Sigmoid());
        AssertNaN(width, new Tanh());
        AssertNaN(width, new Softplus());
        AssertNaN(width, new HardSwish());
    }

    public static TheoryData<Width> Supported => Widths.Theory;

    [Fact]
    public void The_derivative_of_ReLU_at_0_is_0()
    {
        var dx = new float[3];
        Elementwise.ActivateGradient([0, -0f, 1e-45f], [5, 5, 5], dx, new ReLU());
        Assert.Equal([0, 0, 5], dx);
    }

    [Fact]
    public void Identity_copies()
    {
        GuardedFloats x = GuardedFloats.Random(20, 1), dy = GuardedFloats.Random(20, 2), y = new(20), dx = new(20);
        Elementwise.Activate(x, y, new Identity());
        Elementwise.ActivateGradient(x, dy, dx, new Identity());
        Assert.Equal(x.Span.ToArray(), y.Span.ToArray());
        Assert.Equal(dy.Span.ToArray(), dx.Span.ToArray());
    }

    private static double Phi(double x) => (1 + VectorMathTests.ExactErf(x / Math.Sqrt(2))) / 2;

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void Check<T>(Width width, int length, T activation, Func<double, double> value, Func<double, double> derivative, bool savesInput)
        where T : struct, IActivation
    {
        GuardedFloats x = GuardedFloats.Random(length, length, -6, 6), dy = GuardedFloats.Random(length, length + 1), y = new(length), dx = new(length);
        Widths.Run(width, new UnaryMap<Elementwise.Forward<T>>(x, y, new(activation)));
        y.AssertClose(i => value(x[i]));
        Widths.Run(width, new BinaryMap<Elementwise.Backward<T>>(savesInput ? x : y, dy, dx, new(activation)));
        dx.AssertClose(i => derivative(x[i]) * dy[i]);

        Elementwise.Activate(x, x, activation);
        Closeness.AssertClose(Array.ConvertAll(y.Span.ToArray(), v => (double)v), x);
    }

    private static void AssertNaN<T>(Width width, T activation) where T : struct, IActivation
    {
        var y = new float[17];
        float[] x = [.. Enumerable.Repeat(float.NaN, 17)];
        Widths.Run(width, new UnaryMap<Elementwise.Forward<T>>(x, y, new(activation)));
        Assert.All(y, v => Assert.True(float.IsNaN(v)));
    }
}
