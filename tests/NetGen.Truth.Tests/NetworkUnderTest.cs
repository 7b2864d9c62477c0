using NetGen.Compiler;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>One network twice: as the code that NetGen emits, and as the graph that the interpreter runs.</summary>
internal sealed class NetworkUnderTest
{
    private readonly LoweredNetwork _lowered;

    public NetworkUnderTest(InMemoryNetworks networks, NetworkSpec spec)
    {
        Spec = spec;
        _lowered = NetworkCompiler.Lower(spec, CancellationToken.None);
        string name = spec.Type.Namespace is { } space ? $"{space}.{spec.Type.Name}" : spec.Type.Name;
        Emitted = networks.Create<INetwork>(name, 3L);
        TrainingGraph = !_lowered.HasLoss ? null : Differentiate.Run(_lowered.Forward);
    }

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

    private delegate void SequencePrediction(ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<int> lengths);

    public NetworkSpec Spec { get; }

    /// <summary>The compiled network.</summary>
    public INetwork Emitted { get; }

    /// <summary>What the emitted code was made from, before any pass.</summary>
    public LoweredNetwork Lowered => _lowered;

    /// <summary>The forward graph as lowered, before any pass.</summary>
    public Graph ForwardGraph => _lowered.Forward;

    /// <summary>The forward graph with gradients appended and nothing else done to it; null without a loss.</summary>
    public Graph? TrainingGraph { get; }

    public NetworkInfo Info => Emitted.Info;

    /// <summary>Predicts the samples of a batch, whose lengths count where the network has use for them.</summary>
    public void Predict(in Batch batch, Span<float> predictions, string method = nameof(INetwork.Predict)) => Predict(Emitted, batch, predictions, method);

    /// <summary>Predicts with any network, as <see cref="Predict(in Batch, Span{float}, string)"/> does.</summary>
    public static void Predict(IPredictor network, in Batch batch, Span<float> predictions, string method)
    {
        Type type = network.GetType();
        if (type.GetMethod(method, [typeof(ReadOnlySpan<float>), typeof(Span<float>), typeof(ReadOnlySpan<int>)]) is { } ofSequences)
        {
            ofSequences.CreateDelegate<SequencePrediction>(network)(batch.Inputs, predictions, batch.Lengths);
            return;
        }
        type.GetMethod(method, [typeof(ReadOnlySpan<float>), typeof(Span<float>)])!.CreateDelegate<Prediction>(network)(batch.Inputs, predictions);
    }

    /// <summary>What the interpreter needs to compute what the emitted network computes on this batch.</summary>
    public Bindings Bind(in Batch batch)
    {
        int width = Info.OutputShape[Info.OutputShape.Rank - 1];
        double[] target = batch.Classes.IsEmpty ? Closeness.ToDouble(batch.Targets) : OneHot(batch.Classes, width);
        return new(
            batch.Count, Closeness.ToDouble(batch.Inputs), Tensors(), target, Closeness.ToDouble(batch.Weights), Seed: 3, Emitted.StepCount,
            batch.Lengths.IsEmpty ? null : batch.Lengths.ToArray(), Info.SequenceLength, Classes: batch.Classes.IsEmpty ? null : batch.Classes.ToArray());
    }

    /// <summary>The interpreter's prediction: logits, or with <paramref name="probabilities"/> what Predict gives.</summary>
    public double[] Interpret(Bindings bindings, bool probabilities, Func<double, double>? noise = null)
    {
        Graph graph = SpecializeForPrediction.Run(_lowered.Forward);
        Node output = graph.Nodes.Single(node => node.Op is Output);
        double[] logits = Interpreter.Run(graph, bindings, noise)[output];
        if (!probabilities)
        {
            return logits;
        }
        // Each output in turn, of all samples, and back to rows.
        double[][][] parts = [.. _lowered.Outputs.Select(output => Activated(output, logits, bindings).Chunk((int)output.Shape.Count).ToArray())];
        return [.. Enumerable.Range(0, bindings.Batch).SelectMany(sample => parts.SelectMany(part => part[sample]))];
    }

    private static double[] Activated(OutputSpec output, double[] rows, Bindings bindings)
    {
        double[] logits = [.. rows.Chunk(rows.Length / bindings.Batch).SelectMany(row => row.Skip(output.Start).Take((int)output.Shape.Count))];
        if (output.Loss?.PredictionActivation is not { } activation)
        {
            return logits;
        }
        var builder = new GraphBuilder();
        Node result = builder.Add(activation, builder.Add(new Input(output.Shape)));
        return Interpreter.Run(builder.Build(), bindings with { Input = logits })[result];
    }

    /// <summary>Gradients as they lie in memory, by name.</summary>
    public float[] EmittedGradient(string parameter)
    {
        TensorSpec tensor = _lowered.Parameters.Single(tensor => tensor.Name == parameter);
        return ((ITrainable)Emitted).Gradients.Slice(tensor.Offset, tensor.Count).ToArray();
    }

    public IReadOnlyList<TensorSpec> Parameters => _lowered.Parameters;

    /// <summary>Compiles networks, as <see cref="CompileAll"/> does.</summary>
    public static (InMemoryNetworks Networks, IReadOnlyList<NetworkUnderTest> UnderTest) Compile(
        IEnumerable<(string Attributes, string Blocks)> declarations, Func<int, Unroll>? unroll = null, bool stateful = false)
    {
        InMemoryNetworks networks = CompileAll(declarations, unroll, stateful);
        return (networks, Of(networks));
    }

    /// <summary>Compiles networks in one compilation, because that is what takes time.</summary>
    /// <param name="declarations">Attribute lists with the blocks that they refer to; the n-th becomes the class <c>Case{n}.Network</c>.</param>
    /// <param name="unroll">Which layers of the n-th become straight-line code; <see cref="Unroll.Auto"/> where it is left out.</param>
    /// <param name="stateful">Whether training carries states from one batch to the next.</param>
    public static InMemoryNetworks CompileAll(
        IEnumerable<(string Attributes, string Blocks)> declarations, Func<int, Unroll>? unroll = null, bool stateful = false) =>
        InMemoryNetworks.Compile([.. declarations.Select((declaration, index) =>
            $"using NetGen;\nnamespace Case{index};\n[Network(Unroll = Unroll.{unroll?.Invoke(index) ?? Unroll.Auto}{(stateful ? ", Stateful = true" : "")})]\n{declaration.Attributes}\n"
            + $"public sealed partial class Network;\n{declaration.Blocks}\n")]);

    /// <summary>A new instance of each network of a compilation, in order of declaration.</summary>
    public static IReadOnlyList<NetworkUnderTest> Of(InMemoryNetworks networks)
    {
        Dictionary<string, NetworkSpec> specs = networks.Specs.ToDictionary(spec => spec.Type.Namespace!);
        return [.. Enumerable.Range(0, specs.Count).Select(index => new NetworkUnderTest(networks, specs[$"Case{index}"]))];
    }

    private Dictionary<string, double[]> Tensors()
    {
        float[] parameters = Emitted.Parameters.ToArray();
        float[] state = Emitted.State.ToArray();
        return _lowered.Parameters.Select(tensor => (tensor, buffer: parameters)).Concat(_lowered.State.Select(tensor => (tensor, buffer: state)))
            .ToDictionary(pair => pair.tensor.Name, pair => Closeness.ToDouble(pair.buffer.AsSpan(pair.tensor.Offset, pair.tensor.Count)));
    }

    private static double[] OneHot(ReadOnlySpan<int> classes, int width)
    {
        if (width == 1)
        {
            return [.. classes.ToArray().Select(index => (double)index)];
        }
        var result = new double[classes.Length * width];
        for (int row = 0; row < classes.Length; row++)
        {
            result[(row * width) + classes[row]] = 1;
        }
        return result;
    }
}
