using NetGen.Compiler;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Networks that nobody thought of: what is emitted for them computes what the interpreter computes on the graph that no pass has touched.</summary>
public sealed class RandomNetworkTests
{
    private const double ExactTolerance = 1e-9;

    /// <summary>Layers over images, volumes and sequences that a run compares at least.</summary>
    private const int FewestImageLayers = 500;

    /// <summary>Layers of sequences that a run compares at least.</summary>
    private const int FewestSequenceLayers = 100;

    private static readonly string[] SequenceLayers =
        ["LSTM", "GRU", "SimpleRNN", "Bidirectional", "SelfAttention", "CrossAttention", "CausalConv1D", "Embedding", "PositionalEmbedding", "LastStep", "MeanOverTime", "MaxOverTime"];

    private static readonly string[] ImageLayers =
        ["Conv", "DepthwiseConv", "MaxPool", "AvgPool", "GlobalMaxPool", "GlobalAvgPool", "AdaptiveAvgPool", "Upsample", "Pad", "Permute", "Slice"];

    [Fact]
    public void Random_networks_compile_and_equal_the_interpreter()
    {
        HashSet<LossKind> losses = [];
        Compare(
            compilations: 6, greatestDepth: 12, given => RandomNetworks.Draw(given, ofImages: false), network => losses.UnionWith(network.Info.Outputs.Select(output => output.Loss)));

        Assert.Equal(Enum.GetValues<LossKind>().Except([LossKind.WeightedSum]).Order(), losses.Order());
    }

    [Fact]
    public void Random_networks_of_images_compile_and_equal_the_interpreter()
    {
        int layers = 0;
        Compare(compilations: 4, greatestDepth: 8, given => RandomNetworks.Draw(given, ofImages: true), network => layers += LayersOf(network, ImageLayers));

        Assert.True(layers >= FewestImageLayers, $"{layers} layers over images were compared: too few");
    }

    [Fact]
    public void Random_networks_of_sequences_compile_and_equal_the_interpreter()
    {
        int layers = 0;
        Compare(compilations: 2, greatestDepth: 5, RandomSequences.Draw, network => layers += LayersOf(network, SequenceLayers));

        Assert.True(layers >= FewestSequenceLayers, $"{layers} layers of sequences were compared: too few");
    }

    private static int LayersOf(NetworkUnderTest network, string[] kinds) =>
        network.Lowered.Layers.Count(row => kinds.Any(kind => row.Layer.Description.StartsWith(kind, StringComparison.Ordinal)));

    /// <param name="compilations">How many compilations.</param>
    /// <param name="greatestDepth">Layers of the largest network.</param>
    /// <param name="draw">Draws a network.</param>
    /// <param name="count">Gets each network whose numbers were compared in float32.</param>
    private static void Compare(
        int compilations, int greatestDepth, Func<RandomCase, (string Attributes, string Blocks)> draw, Action<NetworkUnderTest> count)
    {
        (int compared, int unfair) = (0, 0);
        RandomCase.Check(compilations, greatestDepth, cases => Check(cases, draw, (network, fair) =>
        {
            (compared, unfair) = fair ? (compared + 1, unfair) : (compared, unfair + 1);
            if (fair) count(network);
        }));

        Assert.True(unfair * 30 <= compared, $"{compared} networks were compared in float32 and {unfair} could not be: too many");
    }

    private static void Check(IReadOnlyList<RandomCase> cases, Func<RandomCase, (string Attributes, string Blocks)> draw, Action<NetworkUnderTest, bool> count)
    {
        (string Attributes, string Blocks)[] declarations = [.. cases.Select(draw)];
        (InMemoryNetworks networks, IReadOnlyList<NetworkUnderTest> compiled) = NetworkUnderTest.Compile(declarations, index => (Unroll)(cases[index].Seed % 3));
        using InMemoryNetworks _ = networks;
        foreach ((RandomCase given, (string attributes, string blocks), NetworkUnderTest network) in cases.Zip(declarations, compiled))
        {
            try
            {
                count(network, CheckNetwork(network, given.Seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{given}:\n{attributes}\n{blocks}\n{exception.Message}", exception);
            }
        }
    }

    /// <returns>Whether its numbers could be compared in float32.</returns>
    private static bool CheckNetwork(NetworkUnderTest network, int seed)
    {
        RandomData data = RandomData.Draw(network, seed);
        Batch batch = data.Batch;
        CheckPasses(network, network.Bind(batch));
        CheckLayout(network, network.Bind(batch));
        CheckPlan(network, Pipeline.Prediction, keepsInputs: false);
        if (network.TrainingGraph is not null)
        {
            CheckPlan(network, Pipeline.Training, keepsInputs: true);
        }
        if (!data.IsFair)
        {
            return false;
        }
        CheckPrediction(network, batch);
        if (seed % 16 == 0 && new Batch { Count = 300, Inputs = data.Inputs(300), Lengths = batch.Lengths.IsEmpty ? [] : data.Lengths(300) } is var many && data.CanBePredicted(many))
        {
            CheckPrediction(network, many);
        }
        if (network.TrainingGraph is not null)
        {
            CheckTraining(network, batch);
        }
        return true;
    }

    private static void CheckPrediction(NetworkUnderTest network, in Batch batch)
    {
        Bindings bindings = network.Bind(batch);
        var predictions = new float[batch.Count * network.Info.OutputSize];
        network.Predict(batch, predictions);
        Closeness.AssertClose(network.Interpret(bindings, probabilities: true), predictions, $"predictions of {batch.Count} samples");
    }

    private static void CheckTraining(NetworkUnderTest network, in Batch batch)
    {
        var emitted = (ITrainable)network.Emitted;
        Bindings bindings = network.Bind(batch);
        var predictions = new float[batch.Count * network.Info.OutputSize];
        Graph withoutDropout = GraphBuilder.Rewrite(network.ForwardGraph, (builder, node, operands) => node.Op.InPrediction(builder, operands));
        Closeness.AssertClose([Interpreter.Loss(withoutDropout, bindings)], [emitted.Evaluate(batch, predictions)], "loss of Evaluate");
        Closeness.AssertClose(network.Interpret(bindings, probabilities: true), predictions, "predictions of Evaluate");

        Closeness.AssertClose([Interpreter.Loss(network.ForwardGraph, bindings)], [emitted.Forward(batch)], "loss");
        emitted.Backward();
        IReadOnlyDictionary<string, double[]> gradients = Interpreter.Gradients(network.TrainingGraph!, bindings);
        foreach (string parameter in network.Parameters.Select(parameter => parameter.Name))
        {
            // A parameter that the loss does not depend on has no gradient in the graph; in memory it is zero.
            float[] gradient = network.EmittedGradient(parameter);
            Closeness.AssertClose(gradients.GetValueOrDefault(parameter) ?? new double[gradient.Length], gradient, $"gradient of {parameter}");
        }
    }

    /// <summary>The passes change how a graph is computed, never what.</summary>
    private static void CheckPasses(NetworkUnderTest network, Bindings bindings)
    {
        CheckSinks(SpecializeForPrediction.Run(network.ForwardGraph), Pipeline.Prediction);
        if (network.TrainingGraph is { } training)
        {
            CheckSinks(training, Pipeline.Training);
        }

        void CheckSinks(Graph plain, IReadOnlyList<Pass> passes)
        {
            Dictionary<string, double[]> expected = Sinks(plain);
            Dictionary<string, double[]> actual = Sinks(Pipeline.Run(passes, network.ForwardGraph, TestContext.Current.CancellationToken));
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
            // Numbers that leave the range of double, too, are of networks that multiply by what they read, again and again.
            foreach ((string sink, double[] value) in expected.Where(pair => pair.Value.All(double.IsFinite)))
            {
                Closeness.AssertClose(value, actual[sink], $"{sink} after all passes", ExactTolerance);
            }
        }

        Dictionary<string, double[]> Sinks(Graph graph) => Interpreter.Run(graph, bindings)
            .Where(pair => pair.Key.Op is Sink)
            .ToDictionary(pair => pair.Key.Op.ToString(), pair => pair.Value);
    }

    /// <summary>Where images lie in memory, and weights with them, changes nothing of what a graph computes from tensors in PyTorch's order.</summary>
    private static void CheckLayout(NetworkUnderTest network, Bindings bindings)
    {
        LoweredNetwork written = NetworkCompiler.LowerAsWritten(network.Spec, TestContext.Current.CancellationToken);
        Dictionary<string, double[]> tensors = bindings.Tensors.ToDictionary();
        foreach (TensorSpec tensor in written.Parameters)
        {
            var values = new float[tensor.Count];
            network.Emitted.Export(tensor.Name, values);
            tensors[tensor.Name] = InMemory(Closeness.ToDouble(values), tensor.Layout);
        }
        Graph after = SpecializeForPrediction.Run(network.ForwardGraph);
        IReadOnlyDictionary<Node, double[]> expected = Interpreter.Run(SpecializeForPrediction.Run(written.Forward), bindings with { Tensors = tensors });
        IReadOnlyDictionary<Node, double[]> actual = Interpreter.Run(after, bindings);
        foreach ((Node left, Node right) in expected.Keys.Where(node => node.Op is Output).Zip(actual.Keys.Where(node => node.Op is Output)))
        {
            Closeness.AssertClose(expected[left], actual[right], $"{left.Name} with images in another layout", ExactTolerance);
        }
    }

    /// <summary>A tensor in PyTorch's order as a layout has it in memory.</summary>
    private static double[] InMemory(double[] values, Compiler.Lowering.TensorLayout? layout)
    {
        if (layout is null)
        {
            return values;
        }
        var result = new double[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            var coordinates = new int[layout.View.Count];
            for (int axis = coordinates.Length - 1, rest = index; axis >= 0; rest /= layout.View[axis], axis--)
            {
                coordinates[axis] = rest % layout.View[axis];
            }
            result[layout.Order.Aggregate(0, (place, axis) => (place * layout.View[axis]) + coordinates[axis])] = values[index];
        }
        return result;
    }

    private static void CheckPlan(NetworkUnderTest network, IReadOnlyList<Pass> passes, bool keepsInputs)
    {
        Graph graph = Pipeline.Run(passes, network.ForwardGraph, TestContext.Current.CancellationToken);
        Schedule schedule = Schedule.Of(graph);
        var tensors = network.Lowered.Parameters.Concat(network.Lowered.State).ToDictionary(tensor => tensor.Name);
        foreach (UnrollMode option in Enum.GetValues<UnrollMode>())
        {
            Unrolling unrolling = PlanUnrolling.Run(graph, schedule, option);
            if (option != UnrollMode.Never && unrolling.Segments.Count == 0)
            {
                continue;
            }
            MemoryPlan plan = PlanMemory.Run(graph, schedule, tensors, keepsInputs, unrolling);
            PlanChecker.Check(graph, schedule, plan, unrolling, batch: 1);
            PlanChecker.Check(graph, schedule, plan, unrolling, batch: 3);
        }
    }
}
