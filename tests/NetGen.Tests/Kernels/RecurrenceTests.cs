using NetGen.CompilerServices;
using NetGen.Tests.Simd;
using static NetGen.Tests.Kernels.RecurrenceCase;

namespace NetGen.Tests.Kernels;

/// <summary>
/// Recurrences against PyTorch's equations in double and their central differences, over samples around a tile and blocks of 48, units around vectors and
/// chunks of 128 and 384 rows of the weight, few and many rows in all.
/// </summary>
public class RecurrenceTests
{
    private static readonly (int Samples, int Steps, int Units)[] Shapes =
    [
        (1, 1, 1), (1, 7, 3), (2, 3, 16), (3, 5, 17), (5, 8, 5), (50, 3, 9), (9, 4, 33), (3, 2, 130), (97, 1, 2), (7, 6, 8), (1, 40, 20), (14, 9, 48), (0, 3, 4), (3, 0, 4),
    ];

    public static TheoryData<Width, CellKind, int> Cases
    {
        get
        {
            var data = new TheoryData<Width, CellKind, int>();
            foreach (Width width in Widths.All)
            {
                foreach (CellKind kind in Enum.GetValues<CellKind>())
                {
                    for (int shape = 0; shape < Shapes.Length; shape++) data.Add(width, kind, shape);
                }
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Forward_follows_the_equations_and_padding_is_zero(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            c.Forward(width);
            List<double> hidden = [], previous = [], final = [];
            for (int b = 0; b < c.Samples; b++)
            {
                var expected = c.Reference(b, SampleOf(c.Projection, b, c.Steps * c.Gates * c.Units), new double[c.Steps * c.Gates * c.Units], SampleOf(c.Initial, b, c.States * c.Units));
                hidden.AddRange(expected.Hidden);
                previous.AddRange(expected.Previous);
                final.AddRange(expected.Final);
                int padding = c.Length(b) * c.Units;
                Assert.True(c.Hidden.Span.Slice(b * c.Steps * c.Units, c.Steps * c.Units)[padding..].IndexOfAnyExcept(0f) < 0);
                Assert.True(c.Previous.Span.Slice(b * c.Steps * c.Units, c.Steps * c.Units)[padding..].IndexOfAnyExcept(0f) < 0);
            }
            c.Hidden.AssertClose(i => hidden[i]);
            c.Previous.AssertClose(i => previous[i]);
            c.Final.AssertClose(i => final[i]);
            c.GatesKept.AssertGuards();
            c.SavedValues.AssertGuards();
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Prediction_saves_nothing_and_has_the_same_bits(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            c.Forward(width);
            GuardedFloats hidden = new(c.Hidden.Length), final = new(c.Final.Length), nothing = new(0);
            c.Predict(width, hidden, nothing);
            c.Predict(width, nothing, final);
            hidden.AssertGuards();
            final.AssertGuards();
            Assert.Equal(c.Hidden.Span.ToArray(), hidden.Span.ToArray());
            Assert.Equal(c.Final.Span.ToArray(), final.Span.ToArray());
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Backward_gives_the_central_differences_and_zero_for_padding(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            c.Forward(width);
            c.Backward(width);
            c.DProjection.AssertGuards();
            c.DProduct.AssertGuards();
            c.DInitial.AssertGuards();
            CheckGradients(c, c.DHidden);
            for (int b = 0; b < c.Samples; b++)
            {
                int gates = c.Gates * c.Units, row = c.Steps * gates, padding = c.Length(b) * gates;
                Assert.True(c.DProjection.Span.Slice(b * row, row)[padding..].IndexOfAnyExcept(0f) < 0);
                Assert.True(c.DProduct.Span.Slice(b * row, row)[padding..].IndexOfAnyExcept(0f) < 0);
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Backward_from_the_final_states_only(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            if (c.DFinal.Length == 0) continue;
            c.Forward(width);
            c.Backward(width, default, c.DProduct, c.DInitial);
            CheckGradients(c, new(0));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_that_nobody_reads_are_left_out(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            c.Forward(width);
            c.Backward(width);
            float[] expected = c.DProjection.Span.ToArray();
            c.DProjection.Span.Fill(float.NaN);
            c.Backward(width, c.DHidden, default, default);
            Assert.Equal(expected, c.DProjection.Span.ToArray());
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gates_in_the_place_of_the_projection_and_gradients_in_that_of_gates_have_the_same_bits(Width width, CellKind kind, int shape)
    {
        foreach (var (apart, inPlace) in Variants(kind, shape).Zip(Variants(kind, shape)))
        {
            inPlace.KeepGatesInPlace();
            foreach (RecurrenceCase c in new[] { apart, inPlace })
            {
                c.Forward(width);
                c.Backward(width);
            }
            Assert.Equal(apart.Hidden.Span.ToArray(), inPlace.Hidden.Span.ToArray());
            Assert.Equal(apart.DProjection.Span.ToArray(), inPlace.DProjection.Span.ToArray());
            Assert.Equal(apart.DInitial.Span.ToArray(), inPlace.DInitial.Span.ToArray());
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_sample_has_the_same_bits_alone_and_in_a_batch(Width width, CellKind kind, int shape)
    {
        foreach (RecurrenceCase c in Variants(kind, shape))
        {
            c.Forward(width);
            c.Backward(width);
            for (int b = 0; b < c.Samples; b += 5)
            {
                RecurrenceCase alone = c.Alone(b);
                alone.Forward(width);
                alone.Backward(width);
                AssertSame(c.Hidden, alone.Hidden, b);
                AssertSame(c.Previous, alone.Previous, b);
                AssertSame(c.Final, alone.Final, b);
                AssertSame(c.DProjection, alone.DProjection, b);
                AssertSame(c.DProduct, alone.DProduct, b);
                AssertSame(c.DInitial, alone.DInitial, b);
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Steps_have_the_bits_of_Forward(Width width, CellKind kind, int shape)
    {
        var (samples, steps, units) = Shapes[shape];
        if (samples == 0) return;
        var c = new RecurrenceCase(kind, samples, steps, units, reverse: false, lengths: false, optional: true);
        c.Forward(width);
        GuardedFloats state = new(c.States * units), hidden = new(units);
        c.Initial.Span[..state.Length].CopyTo(state);
        int gates = c.Gates * units;
        for (int t = 0; t < steps; t++)
        {
            c.Step(width, c.Projection.Span.Slice(t * gates, gates), state, hidden);
            Assert.Equal(c.Hidden.Span.Slice(t * units, units).ToArray(), hidden.Span.ToArray());
        }
        AssertSame(c.Final, state, 0);
        state.AssertGuards();
        hidden.AssertGuards();
    }

    [Fact]
    public void The_public_methods_hand_on_their_operands()
    {
        var c = new RecurrenceCase(CellKind.Lstm, 3, 4, 6, reverse: true, lengths: true, optional: true);
        Recurrence.Forward(
            c.Projection, c.Weight, c.Bias, c.Initial, c.Lengths, c.Hidden, c.GatesKept, c.SavedValues, c.Previous, c.Final,
            c.Samples, c.Steps, c.Units, c.Reverse, default(LstmCell));
        Recurrence.Backward(
            c.DHidden, c.DFinal, c.Hidden, c.GatesKept, c.SavedValues, c.Previous, c.Lengths, c.Weight, c.DProjection, c.DProduct, c.DInitial,
            c.Samples, c.Steps, c.Units, c.Reverse, default(LstmCell));
        CheckGradients(c, c.DHidden);
        var hidden = new GuardedFloats(c.Units);
        GuardedFloats state = GuardedFloats.Random(c.States * c.Units, 9);
        int gates = c.Gates * c.Units, last = (c.Steps - 1) * c.Units;
        double[] expected = c.Reference(1, SampleOf(c.Projection, 0, c.Steps * gates), new double[c.Steps * gates], Closeness.ToDouble(state)).Hidden;
        Recurrence.Step(c.Projection.Span.Slice((c.Steps - 1) * gates, gates), c.Weight, c.Bias, state, hidden, c.Units, default(LstmCell));
        hidden.AssertClose(i => expected[last + i]);
    }

    /// <summary>Forwards and backwards, with and without lengths, with and without what may be absent.</summary>
    private static IEnumerable<RecurrenceCase> Variants(CellKind kind, int shape)
    {
        var (samples, steps, units) = Shapes[shape];
        for (int variant = 0; variant < 8; variant++) yield return new(kind, samples, steps, units, (variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0);
    }

    /// <summary>Some elements of every gradient; the loss is the sum of hidden and final, each element times its gradient.</summary>
    private static void CheckGradients(RecurrenceCase c, GuardedFloats dHidden)
    {
        const double Epsilon = 1e-5;
        // Each is two runs of the reference.
        int elements = c.Units > 40 ? 2 : 8;
        var random = new Random(11);
        List<double> expected = [], actual = [];
        int samples = Math.Min(c.Samples, 4), row = c.Steps * c.Gates * c.Units, states = c.States * c.Units;
        for (int b = 0; b < samples; b++)
        {
            double[] projection = SampleOf(c.Projection, b, row), shift = new double[row], initial = SampleOf(c.Initial, b, states);
            double[] hiddenWeights = SampleOf(dHidden, b, c.Steps * c.Units), finalWeights = SampleOf(c.DFinal, b, states);
            Check(projection, c.DProjection, b);
            Check(shift, c.DProduct, b);
            Check(initial, c.DInitial, b);

            void Check(double[] operand, GuardedFloats gradient, int sample)
            {
                for (int i = 0; i < Math.Min(elements, operand.Length); i++)
                {
                    int at = operand.Length <= elements ? i : random.Next(operand.Length);
                    double x = operand[at];
                    operand[at] = x + Epsilon;
                    double high = Loss();
                    operand[at] = x - Epsilon;
                    double low = Loss();
                    operand[at] = x;
                    expected.Add((high - low) / (2 * Epsilon));
                    actual.Add(gradient[sample * operand.Length + at]);
                }
            }

            double Loss()
            {
                var (hidden, _, final) = c.Reference(b, projection, shift, initial);
                return hidden.Zip(hiddenWeights, (x, y) => x * y).Sum() + final.Zip(finalWeights, (x, y) => x * y).Sum();
            }
        }
        Closeness.AssertClose([.. expected], (ReadOnlySpan<double>)[.. actual], "gradients");
    }

    private static void AssertSame(GuardedFloats batch, GuardedFloats alone, int sample) =>
        Assert.Equal(batch.Span.Slice(sample * alone.Length, alone.Length).ToArray(), alone.Span.ToArray());
}
