using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Networks that only predict, with norms folded into weights, against PyTorch: every network that <c>tests/fixtures</c> holds.</summary>
public sealed class InferenceTests(FixtureTests.Compiled compiled) : IClassFixture<FixtureTests.Compiled>
{
    [Fact]
    public void Frozen_networks_equal_PyTorch()
    {
        (Fixture Fixture, NetworkUnderTest Network)[] fixtures = [.. compiled.Networks.Values];
        WeightsFile[] files =
        [
            .. fixtures.Select((pair, index) =>
            {
                pair.Fixture.LoadTensors(pair.Network.Emitted);
                return WeightsFile.Frozen($"{index}.netgen", (IFreezable)pair.Network.Emitted);
            }),
        ];
        using InMemoryNetworks networks = InMemoryNetworks.Compile(files, [.. fixtures.Select((pair, index) =>
            $"using NetGen;\nnamespace Case{index};\n[Network(Mode = NetworkMode.Inference), Weights(\"{index}.netgen\")]\n{pair.Fixture.Attributes}\n"
            + $"public sealed partial class Network;\n{pair.Fixture.Blocks}\n")]);

        int folded = 0;
        Assert.All(fixtures.Select((pair, index) => (pair.Fixture, pair.Network, Frozen: networks.Create<IPredictor>($"Case{index}.Network"))), pair =>
        {
            Batch batch = pair.Fixture.Batch;
            var predictions = new float[batch.Count * pair.Frozen.Info.OutputSize];
            NetworkUnderTest.Predict(pair.Frozen, batch, predictions, nameof(IPredictor.Predict));
            Closeness.AssertClose(pair.Fixture.Floats("output"), predictions, $"output of {pair.Fixture.Name}");

            var trained = new float[predictions.Length];
            pair.Network.Predict(batch, trained);
            Closeness.AssertClose(trained, predictions, $"output of {pair.Fixture.Name} beside the network that can be trained");
            Assert.InRange(pair.Frozen.Info.ParameterCount, 0, pair.Network.Info.ParameterCount + pair.Network.Info.State.Sum(tensor => tensor.Shape.Count));
            folded += pair.Frozen.Info.ParameterCount < pair.Network.Info.ParameterCount ? 1 : 0;
        });
        Assert.True(folded >= 5, $"expected networks with norms that fold, got {folded}");
    }
}
