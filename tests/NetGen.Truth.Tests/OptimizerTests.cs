using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Optimizers against PyTorch's, on a recorded sequence of gradients.</summary>
public sealed class OptimizerTests(OptimizerTests.Compiled compiled) : IClassFixture<OptimizerTests.Compiled>
{
    public static TheoryData<string> Names => [.. Fixture.OfKind("optimizer")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_after_each_step_equal_PyTorch(string name)
    {
        var fixture = Fixture.Read(name);
        ITrainable network = compiled.Networks.Create<ITrainable>("Recorded");
        Optimizer optimizer = RecordedOptimizer.Of(fixture);
        network.Import("dense1.weight", fixture.Floats("initial"));
        float[][] gradients = [.. fixture.Floats("gradients").Chunk(Compiled.Size)];
        float[][] expected = [.. fixture.Floats("parameters").Chunk(Compiled.Size)];
        float[][] averages = fixture.Has("average") ? [.. fixture.Floats("average").Chunk(Compiled.Size)] : [];
        var parameters = new float[Compiled.Size];

        for (int step = 0; step < expected.Length; step++)
        {
            gradients[step].CopyTo(network.Gradients);
            optimizer.Step(network);

            network.Export("dense1.weight", parameters);
            Closeness.AssertClose(expected[step], parameters, $"parameters after step {step + 1}");
            if (averages.Length > 0)
            {
                optimizer.SwapAverage();
                network.Export("dense1.weight", parameters);
                optimizer.SwapAverage();
                Closeness.AssertClose(averages[step], parameters, $"mean of the parameters after step {step + 1}");
            }
        }
        Assert.Equal(50, network.StepCount);
    }

    /// <summary>A network of as many parameters as were recorded.</summary>
    public sealed class Compiled : IDisposable
    {
        internal const int Size = 37;

        internal InMemoryNetworks Networks { get; } = InMemoryNetworks.Compile(
            $"using NetGen; [Network, Input({Size}), Dense(1, Bias = false), MeanSquaredError] public sealed partial class Recorded;");

        public void Dispose() => Networks.Dispose();
    }
}
