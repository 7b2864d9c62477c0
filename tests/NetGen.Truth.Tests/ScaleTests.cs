using NetGen.Compiler.Lowering;
using NetGen.Compiler.Passes;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Networks that are deep, wide, or see very many samples: they compute what the interpreter computes, in the memory that the plan says.</summary>
public sealed class ScaleTests
{
    // Objects and rounding: what there is besides the floats.
    private const long Slack = 64 * 1024;

    [Theory]
    [InlineData("[Input(8), Repeat<Pair>(100), Dense(3)]\n[SoftmaxCrossEntropy]", "[Block, Dense(8), Tanh] file class Pair;", 3, 1e-4)]   // rounding errors grow from layer to layer
    [InlineData("[Input(4096), Dense(4096)]\n[MeanSquaredError]", "", 2, 1e-5)]
    [InlineData("[Input(30), Dense(40), GELU, Dense(10)]\n[SoftmaxCrossEntropy]", "", 1, 1e-5)]
    [InlineData("[Input(30), Dense(40), GELU, Dense(10)]\n[SoftmaxCrossEntropy]", "", 4096, 1e-5)]
    public void It_computes_what_the_interpreter_computes_in_the_memory_of_the_plan(string attributes, string blocks, int batchSize, double tolerance)
    {
        (InMemoryNetworks networks, IReadOnlyList<NetworkUnderTest> compiled) = NetworkUnderTest.Compile([(attributes, blocks)]);
        using InMemoryNetworks _ = networks;
        NetworkUnderTest network = compiled[0];
        var emitted = (ITrainable)network.Emitted;
        float[] inputs = Numbers(batchSize * network.Info.InputSize);
        bool classes = network.Info.Loss == LossKind.SoftmaxCrossEntropy;
        var batch = new Batch
        {
            Count = batchSize,
            Inputs = inputs,
            Targets = classes ? [] : Numbers(batchSize * network.Info.OutputSize),
            Classes = classes ? [.. Enumerable.Range(0, batchSize).Select(i => i % network.Info.OutputSize)] : [],
        };

        CheckMemory(network, networks, batchSize);

        Bindings bindings = network.Bind(batch);
        var predictions = new float[batchSize * network.Info.OutputSize];
        emitted.Predict(inputs, predictions);
        Closeness.AssertClose(network.Interpret(bindings, probabilities: true), predictions, "predictions", tolerance);
        Closeness.AssertClose([Interpreter.Loss(network.ForwardGraph, bindings)], [emitted.Forward(batch)], "loss", tolerance);
        emitted.Backward();
        foreach ((string parameter, double[] gradient) in Interpreter.Gradients(network.TrainingGraph!, bindings))
        {
            Closeness.AssertClose(gradient, network.EmittedGradient(parameter), $"gradient of {parameter}", tolerance);
        }
    }

    /// <summary>Creating a network allocates its parameters; reserving a batch allocates gradients and the arena of the plan.</summary>
    private static void CheckMemory(NetworkUnderTest network, InMemoryNetworks networks, int batch)
    {
        long parameters = network.Emitted.Parameters.Length + network.Emitted.State.Length;
        Dictionary<string, TensorSpec> tensors = network.Parameters.Concat(network.Lowered.State).ToDictionary(tensor => tensor.Name);
        Compiler.Ir.Graph graph = Pipeline.Run(Pipeline.Training, network.ForwardGraph, TestContext.Current.CancellationToken);
        Compiler.Ir.Size arena = PlanMemory.Run(graph, Schedule.Of(graph), tensors, keepsInputs: true).ArenaSize;

        long before = GC.GetAllocatedBytesForCurrentThread();
        ITrainable another = networks.Create<ITrainable>(network.Emitted.GetType().FullName!, 3L);
        long created = GC.GetAllocatedBytesForCurrentThread();
        another.Reserve(batch);
        long reserved = GC.GetAllocatedBytesForCurrentThread();

        Assert.InRange(created - before, 4 * parameters, (4 * parameters) + Slack);
        long training = 4 * (network.Emitted.Parameters.Length + arena.Constant + ((long)arena.PerSample * batch));
        Assert.InRange(reserved - created, training, training + Slack);
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f))];
}
