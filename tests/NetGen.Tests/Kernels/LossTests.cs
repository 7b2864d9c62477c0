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
    public void Hinge(Width width, int columns) => Check(width, columns, new Hinge(), (x, t) => Math.Max(0, 1 - t * x), (x, t) => t * x < 1 ? -t : 0);

    [Theory, MemberData(nameof(Cases))]
    public void Quantile(Width width, int columns) => Check(
        width, columns, new Quantile(0.75f), (x, t) => x > t ? 0.25 * (x - t) : 0.75 * (t - x), (x, t) => x > t ? 0.25 : x < t ? -0.75 : 0);

    [Theory, MemberData(nameof(Cases))]
    public void SigmoidFocal(Width width, int columns)
    {
        Check(width, columns, new SigmoidFocal(2, 0.25f), Value, (x, t) => (Value(x + 1e-5, t) - Value(x - 1e-5, t)) / 2e-5);

        static double Value(double x, double t)
        {
            // Targets of this test may be outside of 0 to 1, where nothing is wrong.
            double p = 1 / (1 + Math.Exp(-x)), wrong = Math.Max(0, t * (1 - p) + (1 - t) * p);
            return (0.25 * t + 0.75 * (1 - t)) * wrong * wrong * (Math.Log(1 + Math.Exp(x)) - x * t);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void SoftmaxFocal(Width width, int columns) =>
        CheckRows(width, columns, new SoftmaxFocal(1.5f), (log, t) => -t.Zip(log, (target, l) => target * Math.Pow(1 - Math.Exp(l), 1.5) * l).Sum());

    [Theory, MemberData(nameof(Cases))]
    public void KLDivergence(Width width, int columns) =>
        CheckRows(width, columns, new KLDivergence(), (log, t) => t.Zip(log, (target, l) => target * (Math.Log(target) - l)).Sum());

    [Theory, MemberData(nameof(Cases))]
    public void CosineDistance(Width width, int columns) => CheckRows(
        width, columns, new CosineDistance(), (x, t) => 1 - x.Zip(t, (a, b) => a * b).Sum() / Math.Sqrt((x.Sum(a => a * a) + 1e-12) * (t.Sum(b => b * b) + 1e-12)), ofLogits: false);

    [Theory, MemberData(nameof(Cases))]
    public void PositiveWeightedCrossEntropy(Width width, int columns)
    {
        float[] each = [.. Enumerable.Range(0, columns).Select(j => 0.5f + j % 3)];
        foreach (float[] weights in (float[][])[[3f], each])
        {
            CheckRows(width, columns, new PositiveWeightedCrossEntropy(weights), (x, t) => x.Select((logit, j) =>
                weights[weights.Length == 1 ? 0 : j] * t[j] * Math.Log(1 + Math.Exp(-logit)) + (1 - t[j]) * Math.Log(1 + Math.Exp(logit))).Average(), ofLogits: false);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Contrastive(Width width, int size)
    {
        // Distances of such embeddings grow with their size: some lie within the margin, some beyond.
        float margin = 2 * MathF.Sqrt(size);
        CheckRows(width, 2 * size, new Contrastive(margin), (x, t) => Value(Distance(x[..size], x[size..]), t[0]), ofLogits: false);

        double Value(double d, double t) => t * d * d + (1 - t) * Math.Pow(Math.Max(0, margin - d), 2);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Triplet(Width width, int size) => CheckRows(
        width, 3 * size, new Triplet(0.5f), (x, _) => Math.Max(0, Distance(x[..size], x[size..(2 * size)]) - Distance(x[..size], x[(2 * size)..]) + 0.5), ofLogits: false);

    [Fact]
    public void Equal_embeddings_have_a_finite_loss_and_gradient()
    {
        float[] x = [1, 2, 1, 2], gradient = new float[4], losses = new float[1];
        Loss.Rows(x, [0], [1], losses, 4, new Contrastive(3));
        Loss.RowsGradient(x, [0], [1], gradient, 4, new Contrastive(3));
        Assert.Equal(9, losses[0], 1e-4);
        // Apart, in the direction of the 1e-6 that is added: 2 margin in all.
        Assert.Equal([-4.242636f, -4.242636f, 4.242636f, 4.242636f], gradient.Select(g => MathF.Round(g, 4)), (a, b) => Math.Abs(a - b) < 1e-3);

        float[] three = [1, 2, 1, 2, 1, 2], ofThree = new float[6];
        Loss.RowsGradient(three, default, [1], ofThree, 6, new Triplet(1));
        Assert.All(ofThree, g => Assert.True(float.IsFinite(g)));
    }

    [Fact]
    public void A_NaN_in_an_embedding_is_a_NaN_in_loss_and_gradient()
    {
        float[] pair = [1, float.NaN, 1, 2], three = [1, 2, float.NaN, 2, 1, 2], gradient = new float[6], losses = new float[1];
        Loss.Rows(pair, [0], [1], losses, 4, new Contrastive(1));
        Assert.True(float.IsNaN(losses[0]));
        Loss.RowsGradient(pair, [0], [1], gradient.AsSpan(0, 4), 4, new Contrastive(1));
        Assert.All(gradient[..4], g => Assert.True(float.IsNaN(g)));
        Loss.Rows(three, default, [1], losses, 6, new Triplet(1));
        Assert.True(float.IsNaN(losses[0]));
        Loss.RowsGradient(three, default, [1], gradient, 6, new Triplet(1));
        Assert.Contains(gradient, float.IsNaN);
    }

    [Theory]
    [InlineData(1000, 1, 3, 0)]
    [InlineData(-1000, 1, 3, 3000)]
    [InlineData(1000, 0, 3, 1000)]
    [InlineData(-1000, 0, 3, 0)]
    public void A_positive_weight_keeps_extreme_logits_finite(float logit, float target, float weight, float expected)
    {
        float[] losses = new float[1];
        Loss.Rows([logit], [target], [1], losses, 1, new PositiveWeightedCrossEntropy([weight]));
        Assert.Equal(expected, losses[0]);
    }

    [Fact]
    public void A_focal_loss_of_a_network_that_is_sure_is_0_and_so_is_its_gradient()
    {
        foreach (float gamma in (float[])[0, 0.5f, 2])
        {
            float[] logits = [200, -200, -200], target = [1, 0, 0], losses = new float[1], gradient = new float[3];
            Loss.Rows(logits, target, [1], losses, 3, new SoftmaxFocal(gamma));
            Loss.RowsGradient(logits, target, [1], gradient, 3, new SoftmaxFocal(gamma));
            Assert.Equal([0f], losses);
            Assert.Equal([0f, 0f, 0f], gradient);
            Loss.ElementwiseGradient(logits, target, [1], gradient, 3, new SigmoidFocal(gamma, 0.25f));
            Assert.Equal([0f, 0f, 0f], gradient);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void SoftmaxCrossEntropy_of_classes(Width width, int columns)
    {
        int[] classes = [.. Enumerable.Range(0, Rows).Select(r => r * 7 % columns)];
        // The row of weight 0 has no class: nothing may be read by it.
        classes[1] = -1;
        CheckCrossEntropy(width, columns, Classes(columns, classes), (r, j) => classes[r] == j ? 1 : 0);
    }

    [Theory, MemberData(nameof(Cases))]
    public void SoftmaxCrossEntropy_of_probabilities_that_need_not_sum_to_1(Width width, int columns)
    {
        GuardedFloats p = GuardedFloats.Random(Rows * columns, 3, 0, 1);
        CheckCrossEntropy(width, columns, new LossTargets(p, areClasses: false), (r, j) => p[r * columns + j]);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(10, false)]
    [InlineData(16, true)]
    [InlineData(20, true)]
    public void A_row_has_the_same_bits_whatever_stands_beside_it(int columns, bool areClasses)
    {
        const int Count = 37;
        GuardedFloats x = GuardedFloats.Random(Count * columns, 1, -5, 5), p = GuardedFloats.Random(Count * columns, 2, 0, 1);
        LossTargets targets = areClasses ? Classes(columns, [.. Enumerable.Range(0, Count).Select(r => r * 7 % columns)]) : new(p, areClasses: false);
        float[] weights = [.. Enumerable.Repeat(1f / Count, Count)], losses = new float[Count], gradient = new float[Count * columns];
        Loss.SoftmaxCrossEntropy(x, targets, weights, losses, columns);
        Loss.SoftmaxCrossEntropyGradient(x, targets, weights, gradient, columns);

        for (int start = 0; start < Count; start += 5)
        {
            int rows = Math.Min(5, Count - start);
            Range part = (start * columns)..((start + rows) * columns);
            LossTargets someTargets = new(targets.Rows[part], areClasses);
            float[] someLosses = new float[rows], someGradient = new float[rows * columns];
            Loss.SoftmaxCrossEntropy(x.Span[part], someTargets, weights.AsSpan(0, rows), someLosses, columns);
            Loss.SoftmaxCrossEntropyGradient(x.Span[part], someTargets, weights.AsSpan(0, rows), someGradient, columns);
            Assert.Equal(losses[start..(start + rows)], someLosses);
            Assert.Equal(gradient[part], someGradient);
        }
    }

    [Fact]
    public void A_NaN_among_the_logits_is_a_NaN_in_the_loss()
    {
        for (int at = 0; at < 3; at++)
        {
            float[] logits = [1, 2, 3];
            logits[at] = float.NaN;
            Assert.True(float.IsNaN(CrossEntropy(logits, rightClass: 1)));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void The_loss_of_a_sure_network_keeps_its_digits(int columns)
    {
        float[] logits = new float[columns];
        logits[1] = 12;
        double expected = Math.Log(1 + (columns - 1) * Math.Exp(-12));

        double actual = CrossEntropy(logits, rightClass: 1);

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

        Loss.SoftmaxCrossEntropyGradient(logits, Classes(columns, 1), [1], gradient, columns);

        Assert.InRange(gradient[1] / (-others / (1 + others)), 1 - 1e-6, 1 + 1e-6);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_mean_loss_is_summed_in_double(Width width, int count)
    {
        GuardedFloats losses = GuardedFloats.Random(count, seed: count, 0, 1);
        losses.Span[0] = 1e8f;
        double exact = 0, actual = 0;
        foreach (float loss in losses.Span) exact += loss;

        Widths.Run(width, new Loss.SumKernel(losses, ref actual));

        Assert.Equal(exact, actual, 1e-6);
        Assert.Equal((float)actual, Loss.Sum(losses));
    }

    [Fact]
    public void The_mean_loss_of_nothing_is_0() => Assert.Equal(0, Loss.Sum([]));

    [Fact]
    public void Losses_of_extreme_logits_are_finite()
    {
        Assert.Equal(2000f, CrossEntropy([1000, -1000], rightClass: 1));
        Assert.Equal(1000f, SigmoidLoss(1000, target: 0));
        Assert.Equal(0f, SigmoidLoss(1000, target: 1));
    }

    [Fact]
    public void The_derivative_of_the_absolute_error_is_0_at_0_and_NaN_at_NaN()
    {
        var gradient = new float[2];
        Loss.ElementwiseGradient([3, float.NaN], [3, 0], [1, 1], gradient, 1, new AbsoluteError());
        Assert.Equal([0, float.NaN], gradient);
    }

    /// <summary>A loss of rows against its definition over <c>log softmax(x)</c>, or <c>x</c>, and its gradient against differences of that.</summary>
    private static void CheckRows<TLoss>(Width width, int columns, TLoss loss, Func<double[], double[], double> value, bool ofLogits = true) where TLoss : struct, IRowLoss
    {
        int targets = TLoss.TargetWidth(columns);
        GuardedFloats x = GuardedFloats.Random(Rows * columns, 1, -3, 3), t = GuardedFloats.Random(Rows * targets, 2, 0.01f, 1), losses = new(Rows), gradient = new(Rows * columns);
        Widths.Run(width, new Loss.RowLossKernel<Loss.ValueOf<TLoss>, TLoss>(x, t, Weights, losses, columns, loss));
        Widths.Run(width, new Loss.RowLossKernel<Loss.GradientOf<TLoss>, TLoss>(x, t, Weights, gradient, columns, loss));
        for (int r = 0; r < Rows; r++)
        {
            double[] row = Doubles(x.Span.Slice(r * columns, columns)), target = Doubles(t.Span.Slice(r * targets, targets));
            Assert.Equal(Weights[r] * Of(row), losses[r], 1e-5 * (1 + Math.Abs(Weights[r] * Of(row))));
            for (int j = 0; j < columns; j++)
            {
                double[] up = [.. row], down = [.. row];
                up[j] += 1e-5;
                down[j] -= 1e-5;
                Assert.Equal(Weights[r] * (Of(up) - Of(down)) / 2e-5, gradient[(r * columns) + j], 2e-5);
            }

            double Of(double[] values)
            {
                double logSum = Math.Log(values.Sum(Math.Exp));
                return value(ofLogits ? [.. values.Select(v => v - logSum)] : values, target);
            }
        }

        static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(v => (double)v)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y + 1e-6) * (x - y + 1e-6)).Sum());

    private static float CrossEntropy(float[] logits, int rightClass)
    {
        var losses = new float[1];
        Loss.SoftmaxCrossEntropy(logits, Classes(logits.Length, rightClass), [1], losses, logits.Length);
        return losses[0];
    }

    private static float SigmoidLoss(float logit, float target)
    {
        var losses = new float[1];
        Loss.Elementwise([logit], [target], [1], losses, 1, new SigmoidCrossEntropy());
        return losses[0];
    }

    private static LossTargets Classes(int columns, params int[] classes)
    {
        var rows = new float[classes.Length * columns];
        TargetCopy.Into(new Batch { Count = classes.Length, Inputs = [], Classes = classes }, rows, columns);
        return new LossTargets(rows, areClasses: true);
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
        CheckWeighted(width, columns, Weights, loss, value, derivative);
        // Equal weights take another path.
        CheckWeighted(width, columns, [0.2f, 0.2f, 0.2f, 0.2f, 0.2f], loss, value, derivative);
    }

    private static void CheckWeighted<TLoss>(
        Width width, int columns, float[] weights, TLoss loss, Func<double, double, double> value, Func<double, double, double> derivative)
        where TLoss : struct, ILoss
    {
        GuardedFloats x = weights[1] == 0 ? Predictions(columns) : GuardedFloats.Random(Rows * columns, columns, -5, 5);
        GuardedFloats t = GuardedFloats.Random(Rows * columns, 2, -2, 2), gradient = new(Rows * columns), losses = new(Rows * columns);
        double Element(int i, Func<double, double, double> f) => weights[i / columns] == 0 ? 0 : weights[i / columns] * f(x[i], t[i]) / columns;

        Widths.Run(width, new Loss.WeightedRows<Loss.ValueTimes<TLoss>, TLoss>(x, t, weights, losses, columns, loss));
        losses.AssertClose(i => Element(i, value));
        losses.Span.Fill(7);
        Loss.Elementwise(x, t, weights, losses, columns, loss);
        losses.AssertClose(i => Element(i, value));
        Widths.Run(width, new Loss.WeightedRows<Loss.GradientTimes<TLoss>, TLoss>(x, t, weights, gradient, columns, loss));
        gradient.AssertClose(i => Element(i, derivative));
        gradient.Span.Fill(7);
        Loss.ElementwiseGradient(x, t, weights, gradient, columns, loss);
        gradient.AssertClose(i => Element(i, derivative));
        for (int r = 0; r < Rows; r++)
        {
            if (weights[r] != 0) continue;
            Assert.All(losses.Span.Slice(r * columns, columns).ToArray(), l => Assert.Equal(0, l));
            Assert.All(gradient.Span.Slice(r * columns, columns).ToArray(), g => Assert.Equal(0, g));
        }
    }

    private static void CheckCrossEntropy(Width width, int columns, LossTargets targets, Func<int, int, double> probability)
    {
        GuardedFloats x = Predictions(columns), gradient = new(Rows * columns), losses = new(Rows);
        double[] expected = new double[Rows], exact = new double[Rows * columns];
        for (int r = 0; r < Rows; r++)
        {
            if (Weights[r] == 0) continue;
            double[] y = SoftmaxTests.Exact(x.Span.Slice(r * columns, columns));
            double mass = Enumerable.Range(0, columns).Sum(j => probability(r, j));
            for (int j = 0; j < columns; j++)
            {
                expected[r] -= Weights[r] * probability(r, j) * Math.Log(y[j]);
                exact[r * columns + j] = Weights[r] * (mass * y[j] - probability(r, j));
            }
        }
        Widths.Run(width, new Loss.CrossEntropyKernel(x, targets, Weights, losses, columns));
        losses.AssertClose(r => expected[r]);
        losses.Span.Fill(7);
        Loss.SoftmaxCrossEntropy(x, targets, Weights, losses, columns);
        losses.AssertClose(r => expected[r]);
        Widths.Run(width, new Loss.CrossEntropyGradientKernel(x, targets, Weights, gradient, columns));
        gradient.AssertClose(i => exact[i]);
        gradient.Span.Fill(7);
        Loss.SoftmaxCrossEntropyGradient(x, targets, Weights, gradient, columns);
        gradient.AssertClose(i => exact[i]);
        Assert.All(gradient.Span.Slice(columns, columns).ToArray(), g => Assert.Equal(0, g));
        if (columns > SixteenRows.MaxWidth) return;
        losses.Span.Fill(7);
        Widths.Run(width, new Loss.NarrowCrossEntropyKernel(x, targets, Weights, losses, columns));
        losses.AssertClose(r => expected[r]);
        gradient.Span.Fill(7);
        Widths.Run(width, new Loss.NarrowCrossEntropyGradientKernel(x, targets, Weights, gradient, columns));
        gradient.AssertClose(i => exact[i]);
        Assert.Equal(0, losses[1]);
        Assert.All(gradient.Span.Slice(columns, columns).ToArray(), g => Assert.Equal(0, g));
    }
}
