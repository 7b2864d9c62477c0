using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Losses and their gradients against weighted means in double.</summary>
public class LossTests
{
    private const int Rows = 5;

    private static readonly float[] Weights = [1, 0, 2.5f, 0.25f, 1];

    public static TheoryData<Width, int> Cases => Widths.With([.. Widths.Lengths.Where(n => n > 0)]);

    [Theory, MemberData(nameof(Cases))]
    public void SquaredError(Width width, int columns) => Check(width, columns, new SquaredError(), (x, t) => (x - t) * (x - t), (x, t) => 2 * (x - t));

    [Theory, MemberData(nameof(Cases))]
    public void AbsoluteError(Width width, int columns) =>
        Check(width, columns, new AbsoluteError(), (x, t) => Math.Abs(x - t), (x, t) => Math.Sign(x - t));

    [Theory, MemberData(nameof(Cases))]
    public void Huber(Width width, int columns) => Check(
        width, columns, new Huber(1.5f),
        (x, t) => Math.Abs(x - t) <= 1.5 ? (x - t) * (x - t) / 2 : 1.5 * (Math.Abs(x - t) - 0.75), (x, t) => Math.Clamp(x - t, -1.5, 1.5));

    [Theory, MemberData(nameof(Cases))]
    public void SigmoidCrossEntropy(Width width, int columns) => Check(
        width, columns, new SigmoidCrossEntropy(), (x, t) => Math.Log(1 + Math.Exp(x)) - x * t, (x, t) => 1 / (1 + Math.Exp(-x)) - t);

    [Theory, MemberData(nameof(Cases))]
    public void SoftmaxCrossEntropy_of_classes(Width width, int columns)
    {
        int[] classes = [.. Enumerable.Range(0, Rows).Select(r => r * 7 % columns)];
        // The row of weight 0 has no class: nothing may be read by it.
        classes[1] = -1;
        CheckCrossEntropy(width, columns, new LossTargets(classes), (r, j) => classes[r] == j ? 1 : 0);
    }

    [Theory, MemberData(nameof(Cases))]
    public void SoftmaxCrossEntropy_of_probabilities_that_need_not_sum_to_1(Width width, int columns)
    {
        GuardedFloats p = GuardedFloats.Random(Rows * columns, 3, 0, 1);
        CheckCrossEntropy(width, columns, new LossTargets((ReadOnlySpan<float>)p), (r, j) => p[r * columns + j]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void The_loss_of_a_sure_network_keeps_its_digits(int columns)
    {
        float[] logits = new float[columns];
        logits[1] = 12;
        double expected = Math.Log(1 + (columns - 1) * Math.Exp(-12));

        double actual = Loss.SoftmaxCrossEntropy(logits, new LossTargets([1]), [1], columns);

        Assert.InRange(actual / expected, 1 - 1e-6, 1 + 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void The_gradient_of_a_sure_network_keeps_its_digits(int columns)
    {
        float[] logits = new float[columns], gradient = new float[columns];
        logits[1] = 12;
        double others = (columns - 1) * Math.Exp(-12);

        Loss.SoftmaxCrossEntropyGradient(logits, new LossTargets([1]), [1], gradient, columns);

        Assert.InRange(gradient[1] / (-others / (1 + others)), 1 - 1e-6, 1 + 1e-6);
    }

    [Fact]
    public void Targets_in_the_arena_are_class_indices_or_probabilities()
    {
        float[] arena = [BitConverter.Int32BitsToSingle(2), BitConverter.Int32BitsToSingle(1), 0.5f, 0.5f, 0, 1];
        LossTargets classes = LossTargets.From(arena, areClasses: true, width: 3), probabilities = LossTargets.From(arena, areClasses: false, width: 3);
        Assert.Equal([2, 1], classes.Classes);
        Assert.True(classes.Probabilities.IsEmpty);
        Assert.Equal(arena, probabilities.Probabilities);
        Assert.True(probabilities.Classes.IsEmpty);
    }

    [Fact]
    public void Losses_of_extreme_logits_are_finite()
    {
        Assert.Equal(2000f, Loss.SoftmaxCrossEntropy([1000, -1000], new LossTargets([1]), [1], 2));
        Assert.Equal(1000f, Loss.Mean([1000], [0], [1], 1, new SigmoidCrossEntropy()));
        Assert.Equal(0f, Loss.Mean([1000], [1], [1], 1, new SigmoidCrossEntropy()));
    }

    [Fact]
    public void The_derivative_of_the_absolute_error_is_0_at_0_and_NaN_at_NaN()
    {
        var gradient = new float[2];
        Loss.MeanGradient([3, float.NaN], [3, 0], [1, 1], gradient, 1, new AbsoluteError());
        Assert.Equal([0, float.NaN], gradient);
    }

    private static GuardedFloats Predictions(int columns)
    {
        GuardedFloats x = GuardedFloats.Random(Rows * columns, columns, -5, 5);
        // Whatever a row of weight 0 holds has no effect.
        x.Span.Slice(columns, columns).Fill(float.NaN);
        return x;
    }

    private static void Check<TLoss>(Width width, int columns, TLoss loss, Func<double, double, double> value, Func<double, double, double> derivative)
        where TLoss : struct, ILoss
    {
        GuardedFloats x = Predictions(columns), t = GuardedFloats.Random(Rows * columns, 2, -2, 2), gradient = new(Rows * columns);
        double weights = columns * (double)Weights.Sum(), expected = 0, total = 0;
        for (int i = 0; i < x.Length; i++) expected += i / columns == 1 ? 0 : Weights[i / columns] * value(x[i], t[i]);
        double Gradient(int i) => i / columns == 1 ? 0 : Weights[i / columns] * derivative(x[i], t[i]) / weights;

        Widths.Run(width, new Loss.MeanKernel<TLoss>(x, t, Weights, columns, loss, ref total));
        Closeness.AssertClose(expected, total);
        Closeness.AssertClose(expected / weights, Loss.Mean(x, t, Weights, columns, loss));
        Widths.Run(width, new Loss.MeanGradientKernel<TLoss>(x, t, Weights, gradient, columns, loss, 1 / weights));
        gradient.AssertClose(Gradient);
        gradient.Span.Fill(7);
        Loss.MeanGradient(x, t, Weights, gradient, columns, loss);
        gradient.AssertClose(Gradient);
        Assert.All(gradient.Span.Slice(columns, columns).ToArray(), g => Assert.Equal(0, g));
    }

    private static void CheckCrossEntropy(Width width, int columns, LossTargets targets, Func<int, int, double> probability)
    {
        GuardedFloats x = Predictions(columns), gradient = new(Rows * columns);
        double weights = Weights.Sum(), expected = 0, total = 0;
        var exact = new double[Rows * columns];
        for (int r = 0; r < Rows; r++)
        {
            if (Weights[r] == 0) continue;
            double[] y = SoftmaxTests.Exact(x.Span.Slice(r * columns, columns));
            double mass = Enumerable.Range(0, columns).Sum(j => probability(r, j));
            for (int j = 0; j < columns; j++)
            {
                expected -= Weights[r] * probability(r, j) * Math.Log(y[j]);
                exact[r * columns + j] = Weights[r] * (mass * y[j] - probability(r, j)) / weights;
            }
        }
        Widths.Run(width, new Loss.CrossEntropyKernel(x, targets, Weights, columns, ref total));
        Closeness.AssertClose(expected, total);
        Closeness.AssertClose(expected / weights, Loss.SoftmaxCrossEntropy(x, targets, Weights, columns));
        Widths.Run(width, new Loss.CrossEntropyGradientKernel(x, targets, Weights, gradient, columns, 1 / weights));
        gradient.AssertClose(i => exact[i]);
        gradient.Span.Fill(7);
        Loss.SoftmaxCrossEntropyGradient(x, targets, Weights, gradient, columns);
        gradient.AssertClose(i => exact[i]);
        Assert.All(gradient.Span.Slice(columns, columns).ToArray(), g => Assert.Equal(0, g));
    }
}
