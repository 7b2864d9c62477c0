using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Emitted code against PyTorch: every network that <c>tests/fixtures</c> holds.</summary>
public sealed class FixtureTests(FixtureTests.Compiled compiled) : IClassFixture<FixtureTests.Compiled>
{
    public static TheoryData<string> Names => [.. Fixture.OfKind("network")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_equal_PyTorch(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = compiled.Networks[name];
        var emitted = (ITrainable)network.Emitted;
        fixture.LoadTensors(emitted);
        Batch batch = fixture.Batch;

        var predictions = new float[batch.Count * network.Info.OutputSize];
        network.Predict(batch, predictions);
        Closeness.AssertClose(fixture.Floats("output"), predictions, "output");
        if (fixture.Has("logits"))
        {
            network.Predict(batch, predictions, nameof(INetwork.PredictLogits));
            Closeness.AssertClose(fixture.Floats("logits"), predictions, "logits");
        }
        Closeness.AssertClose(fixture.Floats("loss"), [emitted.Evaluate(batch, predictions)], "loss of Evaluate");
        Closeness.AssertClose(fixture.Floats("output"), predictions, "predictions of Evaluate");

        Closeness.AssertClose(fixture.TrainingLoss, [emitted.Forward(batch)], "training loss");
        emitted.Backward();
        foreach (TensorInfo parameter in network.Info.Parameters)
        {
            Closeness.AssertClose(fixture.Floats($"grad.{parameter.Name}"), Fixture.Gradient(emitted, parameter), $"gradient of {parameter.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_step_changes_parameters_as_gradients_and_step_do(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = compiled.Networks[name];
        var emitted = (ITrainable)network.Emitted;
        foreach (Func<Optimizer> optimizer in new Func<Optimizer>[] { () => new SGD(0.1f) { WeightDecay = 0.01f }, () => new AdamW(0.01f) })
        {
            fixture.LoadTensors(emitted);
            emitted.Forward(fixture.Batch);
            emitted.Backward();
            optimizer().Step(emitted);
            double[] expected = Closeness.ToDouble(emitted.Parameters);

            fixture.LoadTensors(emitted);
            Closeness.AssertClose(fixture.TrainingLoss, [emitted.TrainStep(fixture.Batch, optimizer())], "loss of TrainStep");
            Closeness.AssertClose(expected, emitted.Parameters.ToArray(), "parameters after TrainStep");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_equal_PyTorch_whatever_is_unrolled(string name)
    {
        Fixture fixture = compiled.Networks[name].Fixture;
        Batch batch = fixture.Batch;
        foreach (NetworkUnderTest network in compiled.Variants.Value[name])
        {
            fixture.LoadTensors(network.Emitted);
            var predictions = new float[batch.Count * network.Info.OutputSize];
            network.Predict(batch, predictions);
            Closeness.AssertClose(fixture.Floats("output"), predictions, $"output with Unroll = {network.Spec.Unroll}");

            // A sample alone has the bits that it has in the batch.
            var alone = new float[network.Info.OutputSize];
            network.Predict(new() { Count = 1, Inputs = batch.Inputs[..network.Info.InputSize], Lengths = batch.Lengths.IsEmpty ? [] : batch.Lengths[..1] }, alone);
            Assert.Equal(predictions[..alone.Length], alone);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_interpreter_equals_PyTorch(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = compiled.Networks[name];
        fixture.LoadTensors(network.Emitted);
        Bindings bindings = network.Bind(fixture.Batch);

        Closeness.AssertClose(fixture.Doubles("output"), network.Interpret(bindings, probabilities: true), "output");
        Closeness.AssertClose(Closeness.ToDouble(fixture.TrainingLoss), [Interpreter.Loss(network.TrainingGraph!, bindings)], "loss");
    }

    /// <summary>All networks of the fixtures: instances of each test class's own, of code that is compiled once for all of them.</summary>
    public sealed class Compiled : IDisposable
    {
        private static readonly Unroll[] Options = [Unroll.Always, Unroll.Never];

        // Never disposed: the last test class to use it is the end of the process.
        private static readonly Lazy<(Fixture[] Fixtures, InMemoryNetworks Networks)> Shared = new(() =>
        {
            Fixture[] fixtures = [.. Fixture.OfKind("network").Select(Fixture.Read)];
            return (fixtures, NetworkUnderTest.CompileAll(fixtures.Select(fixture => (fixture.Attributes, fixture.Blocks))));
        });

        private readonly Lazy<(InMemoryNetworks Networks, IReadOnlyList<NetworkUnderTest> UnderTest)> _variants;

        public Compiled()
        {
            (Fixture[] fixtures, InMemoryNetworks networks) = Shared.Value;
            Networks = fixtures.Zip(NetworkUnderTest.Of(networks)).ToDictionary(pair => pair.First.Name);
            _variants = new(() => NetworkUnderTest.Compile(
                fixtures.SelectMany(fixture => Options.Select(_ => (fixture.Attributes, fixture.Blocks))), index => Options[index % Options.Length]));
            Variants = new(() => fixtures.Zip(_variants.Value.UnderTest.Chunk(Options.Length)).ToDictionary(pair => pair.First.Name, pair => pair.Second));
        }

        internal Dictionary<string, (Fixture Fixture, NetworkUnderTest Network)> Networks { get; }

        /// <summary>The same networks with as much unrolled as can be, and with nothing.</summary>
        internal Lazy<Dictionary<string, NetworkUnderTest[]>> Variants { get; }

        public void Dispose()
        {
            if (_variants.IsValueCreated)
            {
                _variants.Value.Networks.Dispose();
            }
        }
    }
}
