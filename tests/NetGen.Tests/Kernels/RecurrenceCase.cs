using NetGen.CompilerServices;
using NetGen.Tests.Simd;

namespace NetGen.Tests.Kernels;

public enum CellKind
{
    Lstm,
    Gru,
    Tanh,
    ReLU,
}

/// <summary>Random operands of a recurrence, what the kernels make of them, and PyTorch's equations in double.</summary>
internal sealed class RecurrenceCase
{
    private readonly CellKind _kind;
    private readonly double[] _weight;
    private readonly double[] _bias;

    public RecurrenceCase(CellKind kind, int samples, int steps, int units, bool reverse, bool lengths, bool optional)
    {
        (_kind, Samples, Steps, Units, Reverse) = (kind, samples, steps, units, reverse);
        (Gates, States, Saved) = kind switch { CellKind.Lstm => (4, 2, 1), CellKind.Gru => (3, 1, 1), _ => (1, 1, 0) };
        int rows = samples * steps;
        float scale = 1 / MathF.Sqrt(units);
        Projection = GuardedFloats.Random(rows * Gates * units, 1, -2, 2);
        Weight = GuardedFloats.Random(units * Gates * units, 2, -scale, scale);
        Bias = GuardedFloats.Random(optional ? Gates * units : 0, 3);
        Initial = GuardedFloats.Random(optional ? samples * States * units : 0, 4);
        DHidden = GuardedFloats.Random(rows * units, 5);
        DFinal = GuardedFloats.Random(optional ? samples * States * units : 0, 6);
        Lengths = new int[lengths ? samples : 0];
        var random = new Random(7);
        // Full and empty sequences among them.
        for (int b = 0; b < Lengths.Length; b++) Lengths[b] = b switch { 0 => steps / 2, 1 => steps, 2 => 0, _ => random.Next(steps + 1) };
        GatesKept = new(Saved > 0 ? Projection.Length : 0);
        (Hidden, SavedValues, Previous, Final) = (new(rows * units), new(rows * Saved * units), new(rows * units), new(samples * States * units));
        (DProjection, DProduct, DInitial) = (new(Projection.Length), new(Projection.Length), new(Final.Length));
        _weight = Closeness.ToDouble(Weight);
        _bias = optional ? Closeness.ToDouble(Bias) : new double[Gates * units];
    }

    public int Samples { get; }

    public int Steps { get; }

    public int Units { get; }

    public int Gates { get; }

    public int States { get; }

    public int Saved { get; }

    public bool Reverse { get; }

    public GuardedFloats Projection { get; }

    public GuardedFloats Weight { get; }

    public GuardedFloats Bias { get; }

    public GuardedFloats Initial { get; }

    public int[] Lengths { get; }

    public GuardedFloats DHidden { get; }

    public GuardedFloats DFinal { get; }

    public GuardedFloats Hidden { get; }

    public GuardedFloats GatesKept { get; private set; }

    public GuardedFloats SavedValues { get; }

    public GuardedFloats Previous { get; }

    public GuardedFloats Final { get; }

    public GuardedFloats DProjection { get; private set; }

    public GuardedFloats DProduct { get; }

    public GuardedFloats DInitial { get; }

    public int Length(int sample) => Lengths.Length == 0 ? Steps : Lengths[sample];

    public void Forward(Width width)
    {
        switch (_kind)
        {
            case CellKind.Lstm: Forward<LstmCell>(width); break;
            case CellKind.Gru: Forward<GruCell>(width); break;
            case CellKind.Tanh: Forward<RnnCell<Tanh>>(width); break;
            default: Forward<RnnCell<ReLU>>(width); break;
        }
    }

    /// <summary>Only what prediction needs; the other results are absent.</summary>
    public void Predict(Width width, GuardedFloats hidden, GuardedFloats final)
    {
        switch (_kind)
        {
            case CellKind.Lstm: Forward<LstmCell>(width, hidden, default, default, default, final); break;
            case CellKind.Gru: Forward<GruCell>(width, hidden, default, default, default, final); break;
            case CellKind.Tanh: Forward<RnnCell<Tanh>>(width, hidden, default, default, default, final); break;
            default: Forward<RnnCell<ReLU>>(width, hidden, default, default, default, final); break;
        }
    }

    public void Backward(Width width) => Backward(width, DHidden, DProduct, DInitial);

    public void Backward(Width width, ReadOnlySpan<float> dHidden, Span<float> dProduct, Span<float> dInitial)
    {
        switch (_kind)
        {
            case CellKind.Lstm: Backward<LstmCell>(width, default, default, dHidden, dProduct, dInitial); break;
            case CellKind.Gru: Backward<GruCell>(width, default, Previous, dHidden, dProduct, dInitial); break;
            case CellKind.Tanh: Backward<RnnCell<Tanh>>(width, Hidden, default, dHidden, dProduct, dInitial); break;
            default: Backward<RnnCell<ReLU>>(width, Hidden, default, dHidden, dProduct, dInitial); break;
        }
    }

    public void Step(Width width, ReadOnlySpan<float> projection, Span<float> state, Span<float> hidden)
    {
        switch (_kind)
        {
            case CellKind.Lstm: Widths.Run(width, new Recurrence.StepKernel<LstmCell>(projection, Weight, Bias, state, hidden, Units)); break;
            case CellKind.Gru: Widths.Run(width, new Recurrence.StepKernel<GruCell>(projection, Weight, Bias, state, hidden, Units)); break;
            case CellKind.Tanh: Widths.Run(width, new Recurrence.StepKernel<RnnCell<Tanh>>(projection, Weight, Bias, state, hidden, Units)); break;
            default: Widths.Run(width, new Recurrence.StepKernel<RnnCell<ReLU>>(projection, Weight, Bias, state, hidden, Units)); break;
        }
    }

    /// <summary>The gates take the place of the projection, and then the projection's gradient that of the gates.</summary>
    public void KeepGatesInPlace()
    {
        if (Saved > 0) GatesKept = DProjection = Projection;
    }

    /// <summary>This case with one of its samples only.</summary>
    public RecurrenceCase Alone(int sample)
    {
        var alone = new RecurrenceCase(_kind, 1, Steps, Units, Reverse, Lengths.Length > 0, Bias.Length > 0);
        if (Lengths.Length > 0) alone.Lengths[0] = Lengths[sample];
        Row(Projection, alone.Projection, sample);
        Row(DHidden, alone.DHidden, sample);
        if (Initial.Length > 0) Row(Initial, alone.Initial, sample);
        if (DFinal.Length > 0) Row(DFinal, alone.DFinal, sample);
        return alone;
    }

    private static void Row(GuardedFloats source, GuardedFloats destination, int row) =>
        source.Span.Slice(row * destination.Length, destination.Length).CopyTo(destination);

    private void Forward<TCell>(Width width) where TCell : struct, ICell => Forward<TCell>(width, Hidden, GatesKept, SavedValues, Previous, Final);

    private void Forward<TCell>(Width width, Span<float> hidden, Span<float> gates, Span<float> saved, Span<float> previous, Span<float> final)
        where TCell : struct, ICell =>
        Widths.Run(width, new Recurrence.ForwardKernel<TCell>(
            Projection, Weight, Bias, Initial, Lengths, hidden, gates, saved, previous, final, Samples, Steps, Units, Reverse));

    private void Backward<TCell>(
        Width width, ReadOnlySpan<float> hidden, ReadOnlySpan<float> previous, ReadOnlySpan<float> dHidden, Span<float> dProduct, Span<float> dInitial)
        where TCell : struct, ICell =>
        Widths.Run(width, new Recurrence.BackwardKernel<TCell>(
            dHidden, DFinal, hidden, GatesKept, SavedValues, previous, Lengths, Weight, DProjection, dProduct, dInitial, Samples, Steps, Units, Reverse));

    /// <summary>One sample: [T, H] hidden and previous, [S, H] final.</summary>
    /// <param name="sample">Which.</param>
    /// <param name="projection">[T, G, H].</param>
    /// <param name="shift">[T, G, H], added to h W_hh + b_hh.</param>
    /// <param name="initial">[S, H].</param>
    public (double[] Hidden, double[] Previous, double[] Final) Reference(int sample, double[] projection, double[] shift, double[] initial)
    {
        int h = Units, length = Length(sample);
        double[] hidden = new double[Steps * h], previous = new double[Steps * h], state = [.. initial], q = new double[Gates * h];
        for (int s = 0; s < length; s++)
        {
            int t = Reverse ? length - 1 - s : s;
            for (int j = 0; j < q.Length; j++)
            {
                q[j] = _bias[j] + shift[t * q.Length + j];
                for (int k = 0; k < h; k++) q[j] += state[k] * _weight[k * q.Length + j];
            }
            Array.Copy(state, 0, previous, t * h, h);
            for (int j = 0; j < h; j++)
            {
                double x(int gate) => projection[t * q.Length + gate * h + j];
                double sum(int gate) => x(gate) + q[gate * h + j];
                switch (_kind)
                {
                    case CellKind.Lstm:
                        state[h + j] = Sigmoid(sum(1)) * state[h + j] + Sigmoid(sum(0)) * Math.Tanh(sum(2));
                        state[j] = Sigmoid(sum(3)) * Math.Tanh(state[h + j]);
                        break;
                    case CellKind.Gru:
                        double z = Sigmoid(sum(1));
                        state[j] = (1 - z) * Math.Tanh(x(2) + Sigmoid(sum(0)) * q[2 * h + j]) + z * state[j];
                        break;
                    case CellKind.Tanh:
                        state[j] = Math.Tanh(sum(0));
                        break;
                    default:
                        state[j] = Math.Max(0, sum(0));
                        break;
                }
                hidden[t * h + j] = state[j];
            }
        }
        return (hidden, previous, state);

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

    /// <summary>A sample's part of a tensor, in double; of what is absent, zeros.</summary>
    public static double[] SampleOf(GuardedFloats tensor, int sample, int length) =>
        tensor.Length == 0 ? new double[length] : Closeness.ToDouble(tensor.Span.Slice(sample * length, length));
}
