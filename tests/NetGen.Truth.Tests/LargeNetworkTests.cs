using System.Globalization;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Whole networks of images as people publish them against PyTorch, with weights and inputs that both sides compute from names.</summary>
public sealed class LargeNetworkTests
{
    private const double Tolerance = 1e-4;
    private const double TrajectoryTolerance = 1e-3;

    // After twenty steps PyTorch's own float32 is off by 9e-4 in the bias of the first batch norm.
    private const double FinalTolerance = 5e-3;

    public static TheoryData<string> Names => [.. Fixture.OfKind("named")];

    public static TheoryData<string> Trajectories => [.. Fixture.OfKind("named_trajectory")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_equal_PyTorch(string name)
    {
        var fixture = Fixture.Read(name);
        using InMemoryNetworks networks = Compile(fixture, out ITrainable network);
        Batch batch = BatchOf(fixture, network, "");

        var predictions = new float[batch.Count * network.Info.OutputSize];
        network.Predict(batch.Inputs, predictions);
        Closeness.AssertClose(fixture.Floats("output"), predictions, "output", Tolerance);
        Closeness.AssertClose(fixture.Floats("loss"), [network.Evaluate(batch, predictions)], "loss", Tolerance);
        Closeness.AssertClose(fixture.TrainingLoss, [network.Forward(batch)], "training loss", Tolerance);
        network.Backward();
        foreach (TensorInfo parameter in network.Info.Parameters)
        {
            float[] expected = fixture.Floats($"grad.{parameter.Name}");
            Closeness.AssertClose(expected, Sampled(Fixture.Gradient(network, parameter), expected.Length - 1), $"gradient of {parameter.Name}", Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void Losses_of_a_training_equal_PyTorch(string name)
    {
        var fixture = Fixture.Read(name);
        using InMemoryNetworks networks = Compile(fixture, out ITrainable network);
        Optimizer optimizer = RecordedOptimizer.Of(fixture);
        float[] losses = fixture.Floats("losses");
        for (int step = 0; step < losses.Length; step++)
        {
            Closeness.AssertClose([losses[step]], [network.TrainStep(BatchOf(fixture, network, $"{step}"), optimizer)], $"loss of step {step + 1}", TrajectoryTolerance);
        }
        foreach (TensorInfo tensor in network.Info.Parameters.Concat(network.Info.State))
        {
            var trained = new float[tensor.Shape.Count];
            network.Export(tensor.Name, trained);
            float[] expected = fixture.Floats($"final.{tensor.Name}");
            Closeness.AssertClose(expected, Sampled(trained, expected.Length - 1), $"{tensor.Name} after training", FinalTolerance);
        }
    }

    private static InMemoryNetworks Compile(Fixture fixture, out ITrainable network)
    {
        (InMemoryNetworks networks, IReadOnlyList<NetworkUnderTest> compiled) = NetworkUnderTest.Compile([(fixture.Attributes, fixture.Blocks)]);
        network = (ITrainable)compiled[0].Emitted;
        foreach (TensorInfo tensor in network.Info.Parameters.Concat(network.Info.State))
        {
            network.Import(tensor.Name, NamedNumbers.Of(tensor));
        }
        return networks;
    }

    private static Batch BatchOf(Fixture fixture, ITrainable network, string suffix)
    {
        int count = int.Parse(fixture.Metadata["batch"], CultureInfo.InvariantCulture);
        bool classes = network.Info.Loss == LossKind.SoftmaxCrossEntropy;
        return new()
        {
            Count = count,
            Inputs = NamedNumbers.Of($"input{suffix}", count * network.Info.InputSize, scale: 2),
            Classes = classes ? NamedNumbers.Classes($"classes{suffix}", count, network.Info.OutputSize) : [],
            Targets = classes ? [] : NamedNumbers.Bits($"target{suffix}", count * network.Info.OutputSize),
        };
    }

    /// <summary>The norm, then elements from first to last at equal distances.</summary>
    private static float[] Sampled(float[] values, int count) =>
    [
        (float)Math.Sqrt(values.Sum(value => (double)value * value)),
        .. Enumerable.Range(0, count).Select(index => values[(int)(index * (values.Length - 1L) / (count - 1))]),
    ];
}
