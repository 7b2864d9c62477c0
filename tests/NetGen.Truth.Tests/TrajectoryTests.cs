using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Whole trainings against PyTorch's: errors that grow from step to step show here.</summary>
public sealed class TrajectoryTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. Fixture.OfKind("trajectory")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_and_final_parameters_and_state_equal_PyTorch(string name)
    {
        var fixture = Fixture.Read(name);
        (InMemoryNetworks networks, IReadOnlyList<NetworkUnderTest> compiled) = NetworkUnderTest.Compile([(fixture.Attributes, fixture.Blocks)]);
        using InMemoryNetworks _ = networks;
        var network = (ITrainable)compiled[0].Emitted;
        Optimizer optimizer = RecordedOptimizer.Of(fixture);
        fixture.LoadTensors(network);
        float[] losses = fixture.Floats("losses");
        float[][] inputs = [.. fixture.Floats("input").Chunk(fixture.Floats("input").Length / losses.Length)];
        int[][] classes = [.. fixture.Integers("classes").Chunk(fixture.Integers("classes").Length / losses.Length)];

        for (int step = 0; step < losses.Length; step++)
        {
            float loss = network.TrainStep(new Batch { Count = inputs[step].Length / network.Info.InputSize, Inputs = inputs[step], Classes = classes[step] }, optimizer);

            Closeness.AssertClose([losses[step]], [loss], $"loss of step {step + 1}", Tolerance);
        }
        foreach (TensorInfo tensor in network.Info.Parameters.Concat(network.Info.State))
        {
            var trained = new float[tensor.Shape.Count];
            network.Export(tensor.Name, trained);
            Closeness.AssertClose(fixture.Floats($"final.{tensor.Name}"), trained, $"{tensor.Name} after training", Tolerance);
        }
    }
}
