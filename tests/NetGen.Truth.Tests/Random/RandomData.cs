using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Parameters and a batch for a network, drawn such that float32 can compute what is compared.</summary>
internal sealed class RandomData
{
    /// <summary>
    /// What it may change that every value is off by one unit of float32's last place, a third of what the comparison allows. Where differences of
    /// nearly equal numbers are all that is left (a prediction that meets its target), no float32 code computes five digits.
    /// </summary>
    private const double LargestNoise = 3e-6;

    /// <summary>Products of some layers, each of which multiplies what it reads, leave float32's range; squares of what is larger than this do.</summary>
    private const double LargestNumber = 1e18;

    private const double UnitInLastPlace = 1.2e-7;

    /// <summary>How often values are disturbed: the errors of one time may cancel, and of forty draws the one where they do would be taken.</summary>
    private const int Disturbances = 4;

    private readonly Random _random;
    private readonly NetworkUnderTest _network;
    private readonly NetworkInfo _info;
    private readonly int _count;
    private readonly bool _fillsMissing;
    private float[] _inputs = [];
    private float[] _targets = [];
    private int[] _classes = [];
    private int[] _lengths = [];
    private float[] _weights = [];

    private RandomData(NetworkUnderTest network, int seed)
    {
        (_network, _info, _random) = (network, network.Info, new Random(seed));
        _count = 1 + _random.Next(9);
        ILookup<bool, Node> readers = network.ForwardGraph.Nodes.Where(node => node.Operands.Any(operand => operand.Op is Input)).ToLookup(node => node.Op is FillMissing);
        _fillsMissing = readers[true].Any() && !readers[false].Any();
        network.Emitted.StepCount = _random.Next(1000);
    }

    public Batch Batch => new() { Count = _count, Inputs = _inputs, Targets = _targets, Classes = _classes, Lengths = _lengths, Weights = _weights };

    /// <summary>
    /// Whether float32 can compute what is compared. A few networks never are fair: one that adds a value to its own negative has gradients that are
    /// nothing but rounding.
    /// </summary>
    public bool IsFair { get; private set; }

    /// <summary>Draws until the numbers are fair, and sets the network's parameters and state.</summary>
    public static RandomData Draw(NetworkUnderTest network, int seed)
    {
        var data = new RandomData(network, seed);
        float[] initial = network.Emitted.Parameters.ToArray();
        for (int attempt = 0; attempt < 40 && !data.IsFair; attempt++)
        {
            // Smaller parameters make for smaller values, where these are what is not fair.
            data.DrawTensors(initial, scale: MathF.Pow(0.95f, attempt));
            data.DrawBatch();
            data.IsFair = data.CanBeComputed();
        }
        return data;
    }

    /// <summary>Numbers of moderate size with random mantissas.</summary>
    public float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((_random.NextDouble() * 4) - 2))];

    /// <summary>Inputs of so many samples: numbers, and ids of vocabularies.</summary>
    public float[] Inputs(int samples)
    {
        int[] vocabularies = [.. _info.Inputs.SelectMany(input => Enumerable.Repeat(input.Vocabulary, input.Shape.Count))];
        return [.. Numbers(samples * _info.InputSize).Select((value, i) => vocabularies[i % vocabularies.Length] is > 0 and var count
            ? Math.Min((int)((value + 2) / 4 * count), count - 1) : value)];
    }

    /// <summary>How many steps of so many sequences are real.</summary>
    public int[] Lengths(int samples) => [.. Enumerable.Range(0, samples).Select(_ => 1 + _random.Next(_info.SequenceLength))];

    private void DrawTensors(float[] initial, float scale)
    {
        Span<float> parameters = _network.Emitted.Parameters;
        initial.CopyTo(parameters);
        foreach (TensorInfo tensor in _info.Parameters)
        {
            Span<float> values = parameters.Slice(tensor.Offset, tensor.Shape.Count);
            foreach (ref float value in values)
            {
                value = scale * (value == 0 ? (float)(_random.NextDouble() - 0.5) : value);
            }
        }
        foreach (TensorInfo tensor in _info.State)
        {
            foreach (ref float value in _network.Emitted.State.Slice(tensor.Offset, tensor.Shape.Count))
            {
                bool isPositive = tensor.Name.Split('.')[^1] is "std" or "range" or "iqr" or "running_var";
                value = (float)(isPositive ? 0.5 + _random.NextDouble() : _random.NextDouble() - 0.5);
            }
        }
    }

    private void DrawBatch()
    {
        _inputs = Inputs(_count);
        if (_fillsMissing)
        {
            foreach (ref float value in _inputs.AsSpan())
            {
                value = _random.Next(4) == 0 ? float.NaN : value;
            }
        }
        (_targets, _classes) = DrawTargets();
        _lengths = _info.SequenceLength > 0 && _random.Next(2) == 0 ? Lengths(_count) : [];
        _weights = _random.Next(2) == 0 ? [.. Enumerable.Range(0, _count).Select(_ => _random.Next(3) == 0 ? 0 : _random.NextSingle() + 0.1f)] : [];
        if (_weights.Length > 0)
        {
            _weights[_random.Next(_count)] = 1;
        }
    }

    private (float[] Targets, int[] Classes) DrawTargets()
    {
        int width = _info.OutputShape[_info.OutputShape.Rank - 1];
        return _network.Lowered.Classes != ClassTargets.None && _random.Next(2) == 0
            ? ([], [.. Enumerable.Range(0, _count * _info.OutputSize / width).Select(_ => _random.Next(Math.Max(width, 2)))])
            : ([.. Enumerable.Range(0, _count).SelectMany(_ => _info.Outputs.SelectMany(DrawTarget))], []);
    }

    /// <summary>One sample's target of one output.</summary>
    private float[] DrawTarget(OutputInfo output)
    {
        int count = output.TargetCount;
        return output.Loss switch
        {
            LossKind.SoftmaxCrossEntropy or LossKind.SoftmaxFocal or LossKind.KLDivergence =>
                [.. Numbers(count).Chunk(output.Shape[output.Shape.Rank - 1]).SelectMany(row => row.Select(value => Math.Abs(value) / row.Sum(Math.Abs)))],
            LossKind.SigmoidCrossEntropy or LossKind.SigmoidFocal => [.. Numbers(count).Select(value => (value + 2) / 4)],
            LossKind.Contrastive => [_random.Next(2)],
            LossKind.Hinge => [.. Numbers(count).Select(value => MathF.CopySign(1, value))],
            _ => Numbers(count),
        };
    }

    /// <summary>Whether float32 can compute the predictions of a batch.</summary>
    public bool CanBePredicted(in Batch batch)
    {
        Bindings bindings = _network.Bind(batch);
        // What dropout drops in training is there in prediction.
        if (IsTooLarge(Interpreter.Run(SpecializeForPrediction.Run(_network.ForwardGraph), bindings)))
        {
            return false;
        }
        double[] exact = _network.Interpret(bindings, probabilities: true);
        return AreClose(exact, _network.Interpret(bindings, probabilities: true, Disturb));
    }

    private bool CanBeComputed()
    {
        if (!CanBePredicted(Batch))
        {
            return false;
        }
        if (_network.TrainingGraph is not { } graph)
        {
            return true;
        }
        Bindings bindings = _network.Bind(Batch);
        IReadOnlyDictionary<Node, double[]> exact = Interpreter.Run(graph, bindings);
        return !IsTooLarge(exact) && Enumerable.Range(0, Disturbances).All(_ =>
        {
            IReadOnlyDictionary<Node, double[]> noisy = Interpreter.Run(graph, bindings, Disturb);
            return !graph.Nodes.Any(node => IsAtKink(node, exact, noisy)) && graph.Nodes.Where(node => node.Op is Sink).All(sink => AreClose(exact[sink], noisy[sink]));
        });
    }

    private double Disturb(double value) => value * (1 + (_random.Next(2) == 0 ? UnitInLastPlace : -UnitInLastPlace));

    private static bool AreClose(double[] exact, double[] noisy) => Closeness.ErrorOf(exact, noisy).Error <= LargestNoise;

    private static bool IsTooLarge(IReadOnlyDictionary<Node, double[]> values) => values.Values.Any(value => value.Any(number => Math.Abs(number) > LargestNumber));

    /// <summary>Whether an element is so near to where a derivative jumps that rounding may decide on which side it lies.</summary>
    private static bool IsAtKink(Node node, IReadOnlyDictionary<Node, double[]> exact, IReadOnlyDictionary<Node, double[]> noisy)
    {
        return node.Op switch
        {
            Activate { Activation.Function.Name: "ReLU" or "LeakyReLU" or "ELU" } => Near(x => x),
            Pool { Kind: PoolKind.Max, Window: var window } => ReferenceWindows.DistancesFromLargest(window, exact[node.Operands[0]], noisy[node.Operands[0]], node.Shape.Last)
                .Any(pair => IsNearZero(pair.Exact, pair.Noisy)),
            Activate { Activation.Function.Name: "HardSwish" } => Near(x => Math.Abs(x) - 3),
            OverTime { Kind: OverTimeKind.Max } => IsNearTie(node.Operands[0].Shape, exact[node.Operands[0]], noisy[node.Operands[0]]),
            Activate activate when activate.Activation.Function.Name.EndsWith(".Cut>", StringComparison.Ordinal) => Near(x => Math.Abs(x) - 1),
            ElementwiseLoss { Function.Name: "AbsoluteError" or "Quantile" } => NearZero(Differences(exact), Differences(noisy)),
            ElementwiseLoss { Function.Name: "Hinge" } => NearZero(Margins(exact), Margins(noisy)),
            RowLoss { Function: { Name: "Triplet" } triplet } => NearZero(Violations(triplet, exact), Violations(triplet, noisy)),
            _ => false,
        };

        IEnumerable<double> Violations(RowLossFunction triplet, IReadOnlyDictionary<Node, double[]> values) =>
            values[node.Operands[0]].Chunk(node.Operands[0].Shape.Last).Select(row => ReferenceRowLosses.Violation(triplet, row));

        bool Near(Func<double, double> distance) => NearZero(exact[node.Operands[0]].Select(distance), noisy[node.Operands[0]].Select(distance));

        IEnumerable<double> Margins(IReadOnlyDictionary<Node, double[]> values) => values[node.Operands[0]].Zip(values[node.Operands[1]], (x, t) => 1 - (t * x));

        IEnumerable<double> Differences(IReadOnlyDictionary<Node, double[]> values) => values[node.Operands[0]].Zip(values[node.Operands[1]], (x, t) => x - t);
    }

    /// <summary>
    /// Whether rounding may decide which step has a feature's largest value. Steps that are equal in double come of equal ids or of zeros: gradients are the
    /// same whichever is taken.
    /// </summary>
    private static bool IsNearTie(Compiler.Ir.Shape shape, double[] exact, double[] noisy)
    {
        (int steps, int features) = (shape.Extents[0], shape.Last);
        return Enumerable.Range(0, exact.Length / steps).Any(column =>
        {
            int[] places = [.. Enumerable.Range(0, steps).Select(step => (((column / features * steps) + step) * features) + (column % features))];
            return places.Any(a => places.Any(b => a < b && exact[a] != exact[b] && IsNearZero(exact[a] - exact[b], noisy[a] - noisy[b])));
        });
    }

    private static bool NearZero(IEnumerable<double> exact, IEnumerable<double> noisy) =>
        exact.Zip(noisy).Any(pair => IsNearZero(pair.First, pair.Second));

    private static bool IsNearZero(double exact, double noisy) => Math.Abs(exact) < 10 * Math.Abs(noisy - exact);
}
