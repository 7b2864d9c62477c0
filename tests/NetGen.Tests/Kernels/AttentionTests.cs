using NetGen.CompilerServices;
using NetGen.Testing;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

/// <summary>Attention against its definition in double, its gradients against central differences of the definition.</summary>
public class AttentionTests
{
    private static readonly AttentionCase[] All =
    [
        new(1, 1, 1, 1, 1),
        new(2, 5, 5, 2, 3),
        new(2, 16, 16, 1, 16),
        new(1, 33, 33, 2, 20),
        new(1, 40, 40, 1, 8, Causal: true),
        new(2, 17, 17, 3, 7, Causal: true),
        new(1, 70, 70, 1, 16, Causal: true),
        new(1, 70, 70, 1, 4, Causal: true, Window: 5),
        new(1, 45, 45, 2, 5, Causal: true, Window: 40),
        new(2, 9, 9, 1, 4, Causal: true, Window: 1),
        new(1, 300, 300, 1, 2, Causal: true, Window: 270),
        new(5, 37, 37, 1, 6, HasLengths: true),
        new(4, 37, 37, 2, 6, Causal: true, HasLengths: true),
        new(4, 37, 37, 1, 6, Causal: true, Window: 7, HasLengths: true),
        new(2, 5, 19, 2, 9, IsCross: true),
        new(2, 35, 3, 1, 17, IsCross: true),
        new(5, 20, 34, 2, 4, IsCross: true, HasLengths: true),
    ];

    public static TheoryData<Width, int> Cases => Widths.With([.. Enumerable.Range(0, All.Length)]);

    [Theory, MemberData(nameof(Cases))]
    public void The_result_is_the_mixture_of_values_by_the_softmax_of_scores(Width width, int index)
    {
        AttentionCase c = All[index];
        GuardedFloats queries = c.Queries, memory = c.Memory;
        foreach (float rate in (float[])[0, 0.3f])
        {
            GuardedFloats y = Forward(width, c, queries, memory, rate, firstSample: 3);
            double[] exact = c.Exact(Closeness.ToDouble(queries), Closeness.ToDouble(memory), rate, firstSample: 3);
            y.AssertClose(i => exact[i]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_central_differences_of_the_definition(Width width, int index)
    {
        AttentionCase c = All[index];
        GuardedFloats queries = c.Queries, memory = c.Memory;
        GuardedFloats dy = GuardedFloats.Random(c.Samples * c.QueryTime * c.Width, 5), dqueries = new(queries.Length), dmemory = new(memory.Length);
        foreach (float rate in (float[])[0, 0.3f])
        {
            Widths.Run(width, new Attention.GradientKernel(queries, memory, c.Lengths, c.MemoryLengths, dy, dqueries, dmemory, c.Samples, c.Shape, Drop(rate, 3)));
            dqueries.AssertGuards();
            dmemory.AssertGuards();
            double[] q = Closeness.ToDouble(queries), m = Closeness.ToDouble(memory);
            AssertDifferences(q, dqueries);
            AssertDifferences(m, dmemory);

            // Of some elements: each costs two evaluations of all.
            void AssertDifferences(double[] x, ReadOnlySpan<float> gradient)
            {
                const double h = 1e-4;
                int count = Math.Min(c.KeyTime > 100 ? 5 : 40, x.Length);
                var random = new Random(index);
                (double[] expected, double[] actual) = (new double[count], new double[count]);
                for (int n = 0; n < count; n++)
                {
                    int i = random.Next(x.Length);
                    double before = x[i];
                    x[i] = before + h;
                    double above = Objective();
                    x[i] = before - h;
                    double below = Objective();
                    x[i] = before;
                    (expected[n], actual[n]) = ((above - below) / (2 * h), gradient[i]);
                }
                Closeness.AssertClose(expected, actual);
            }

            double Objective()
            {
                double[] y = c.Exact(q, m, rate, firstSample: 3);
                double sum = 0;
                for (int i = 0; i < y.Length; i++) sum += y[i] * dy[i];
                return sum;
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Steps_beyond_the_length_give_0_and_have_no_gradient_whatever_they_hold(Width width, int index)
    {
        AttentionCase c = All[index];
        if (!c.HasLengths) return;
        GuardedFloats queries = c.Queries, memory = c.Memory, dy = GuardedFloats.Random(c.Samples * c.QueryTime * c.Width, 5);
        GuardedFloats expected = Forward(width, c, queries, memory, 0, 0), expectedGradient = new(queries.Length), unused = new(memory.Length);
        Widths.Run(width, new Attention.GradientKernel(queries, memory, c.Lengths, c.MemoryLengths, dy, expectedGradient, unused, c.Samples, c.Shape, default));
        for (int s = 0; s < c.Samples; s++)
        {
            int first = (s * c.QueryTime) + c.QueriesOf(s), end = (s + 1) * c.QueryTime;
            queries.Span[(first * c.QueryStep)..(end * c.QueryStep)].Fill(float.NaN);
            dy.Span[(first * c.Width)..(end * c.Width)].Fill(float.NaN);
            Assert.Equal(-1, expected.Span[(first * c.Width)..(end * c.Width)].IndexOfAnyExcept(0f));
            Assert.Equal(-1, expectedGradient.Span[(first * c.QueryStep)..(end * c.QueryStep)].IndexOfAnyExcept(0f));
        }
        GuardedFloats gradient = new(queries.Length);
        Widths.Run(width, new Attention.GradientKernel(queries, memory, c.Lengths, c.MemoryLengths, dy, gradient, unused, c.Samples, c.Shape, default));
        Assert.Equal(expected.Span, Forward(width, c, queries, memory, 0, 0).Span);
        Assert.Equal(expectedGradient.Span, gradient.Span);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_sample_has_the_same_bits_alone_and_among_others(Width width, int index)
    {
        AttentionCase c = All[index];
        GuardedFloats queries = c.Queries, memory = c.Memory, dy = GuardedFloats.Random(c.Samples * c.QueryTime * c.Width, 5);
        GuardedFloats y = Forward(width, c, queries, memory, 0.3f, 0), dqueries = new(queries.Length), dmemory = new(memory.Length);
        Widths.Run(width, new Attention.GradientKernel(queries, memory, c.Lengths, c.MemoryLengths, dy, dqueries, dmemory, c.Samples, c.Shape, Drop(0.3f, 0)));
        for (int s = 0; s < c.Samples; s++)
        {
            GuardedFloats aloneY = new(y.Length / c.Samples), aloneQueries = new(queries.Length / c.Samples), aloneMemory = new(memory.Length / c.Samples);
            Widths.Run(width, new Attention.ForwardKernel(
                Of(queries, s), Of(memory, s), LengthOf(c.Lengths, s), LengthOf(c.MemoryLengths, s), aloneY, 1, c.Shape, Drop(0.3f, s)));
            Widths.Run(width, new Attention.GradientKernel(
                Of(queries, s), Of(memory, s), LengthOf(c.Lengths, s), LengthOf(c.MemoryLengths, s), Of(dy, s), aloneQueries, aloneMemory, 1, c.Shape, Drop(0.3f, s)));
            Assert.Equal(Of(y, s), aloneY.Span);
            Assert.Equal(Of(dqueries, s), aloneQueries.Span);
            Assert.Equal(Of(dmemory, s), aloneMemory.Span);
        }

        ReadOnlySpan<float> Of(ReadOnlySpan<float> all, int sample) => all.Slice(sample * (all.Length / c.Samples), all.Length / c.Samples);

        int[] LengthOf(int[] all, int sample) => all.Length == 0 ? [] : [all[sample]];
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_step_against_a_ring_of_keys_is_the_last_row(Width width, int index)
    {
        AttentionCase c = All[index];
        if (c.IsCross || c.HasLengths) return;
        GuardedFloats queries = c.Queries, y = Forward(width, c, queries, c.Memory, 0, 0), step = new(c.Width);
        int count = c.Window > 0 ? Math.Min(c.Window, c.KeyTime) : c.KeyTime, last = c.QueryTime - 1;
        foreach ((int capacity, int start) in ((int, int)[])[(count, 0), (count, count - 1), (count + 3, 1), (count + 3, count + 1)])
        {
            GuardedFloats keys = new(capacity * c.Width), values = new(capacity * c.Width);
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> row = queries.Span.Slice((c.KeyTime - count + n) * c.QueryStep, c.QueryStep);
                int place = (start + n) % capacity * c.Width;
                row.Slice(c.Width, c.Width).CopyTo(keys.Span[place..]);
                row[(2 * c.Width)..].CopyTo(values.Span[place..]);
            }
            Widths.Run(width, new Attention.StepKernel(queries.Span.Slice(last * c.QueryStep, c.Width), keys, values, new float[count], start, count, step, c.Heads));
            step.AssertGuards();
            Closeness.AssertClose(y.Span.Slice(last * c.Width, c.Width), step.Span, tolerance: 1e-6);
        }
    }

    [Theory, MemberData(nameof(Widths.Theory), MemberType = typeof(Widths))]
    public void Large_scores_do_not_overflow(Width width)
    {
        GuardedFloats queries = GuardedFloats.Random(20 * 12, 1, 900, 1000), y = new(20 * 4);
        Widths.Run(width, new Attention.ForwardKernel(queries, default, default, default, y, 1, AttentionShape.Self(20, 1, 4, causal: true), default));
        y.AssertGuards();
        Assert.All(y.Span.ToArray(), value => Assert.InRange(value, 900, 1000));
    }

    [Fact]
    public void What_users_call_is_what_the_kernels_compute()
    {
        AttentionCase c = All[12];
        GuardedFloats queries = c.Queries, dy = GuardedFloats.Random(c.Samples * c.QueryTime * c.Width, 5), y = new(dy.Length), dqueries = new(queries.Length), again = new(queries.Length);
        Attention.Forward(queries, default, c.Lengths, default, y, c.Samples, c.Shape);
        double[] exact = c.Exact(Closeness.ToDouble(queries), []);
        y.AssertClose(i => exact[i]);
        Attention.Gradient(queries, default, c.Lengths, default, dy, dqueries, default, c.Samples, c.Shape);
        Widths.Run(Widths.All[^1], new Attention.GradientKernel(queries, default, c.Lengths, default, dy, again, default, c.Samples, c.Shape, default));
        Closeness.AssertClose(dqueries.Span, again.Span);
        GuardedFloats step = new(c.Width);
        Attention.Step(queries.Span[..c.Width], queries.Span.Slice(c.Width, c.Width), queries.Span.Slice(2 * c.Width, c.Width), new float[1], 0, 1, step, c.Heads);
        Closeness.AssertClose(queries.Span.Slice(2 * c.Width, c.Width), step.Span);
    }

    [Fact]
    public void More_scores_than_an_array_holds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("keyTime", () => AttentionShape.Cross(1, 1 << 27, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("keyTime", () => AttentionShape.Self(1 << 26, 1, 1));
        Assert.Equal(1 << 24, AttentionShape.Cross(1, 1 << 24, 1, 1).KeyTime);
    }

    [Fact]
    public void A_window_needs_causal_attention() => Assert.Throws<ArgumentException>(() => AttentionShape.Self(4, 1, 2, causal: false, window: 2));

    private static AttentionDropout Drop(float rate, int firstSample) =>
        rate == 0 ? default : new(rate, AttentionCase.Seed, AttentionCase.Step, AttentionCase.Layer, firstSample);

    private static GuardedFloats Forward(Width width, AttentionCase c, ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, float rate, int firstSample)
    {
        GuardedFloats y = new(c.Samples * c.QueryTime * c.Width);
        Widths.Run(width, new Attention.ForwardKernel(queries, memory, c.Lengths, c.MemoryLengths, y, c.Samples, c.Shape, Drop(rate, firstSample)));
        y.AssertGuards();
        return y;
    }
}
