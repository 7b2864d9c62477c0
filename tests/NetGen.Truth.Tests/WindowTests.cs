using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Windows of long sequences against PyTorch: what training carries from one to the next, and what a stream holds after the same steps.</summary>
public sealed class WindowTests
{
    // Never disposed: it lives as long as the tests.
    private static readonly Lazy<Dictionary<string, (Fixture Fixture, NetworkUnderTest Network)>> Compiled = new(() =>
    {
        Fixture[] fixtures = [.. Fixture.OfKind("windows").Select(Fixture.Read)];
        IReadOnlyList<NetworkUnderTest> networks = NetworkUnderTest.Compile(fixtures.Select(fixture => (fixture.Attributes, fixture.Blocks)), stateful: true).UnderTest;
        return fixtures.Zip(networks).ToDictionary(pair => pair.First.Name);
    });

    public static TheoryData<string> Names => [.. Fixture.OfKind("windows")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_gradients_and_states_equal_PyTorch(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = Compiled.Value[name];
        var emitted = (IStateful)network.Emitted;
        fixture.LoadTensors(emitted);
        float[] losses = fixture.Floats("losses");

        // Twice, as a reset leaves nothing of the first time.
        for (int epoch = 0; epoch < 2; epoch++)
        {
            emitted.ResetStates();
            Bindings? before = null;
            for (int window = 0; window < losses.Length; window++)
            {
                Batch batch = Window(fixture, window);
                Closeness.AssertClose([losses[window]], [emitted.Forward(batch)], $"loss of window {window}");
                emitted.Backward();
                foreach (TensorInfo parameter in network.Info.Parameters)
                {
                    Closeness.AssertClose(
                        fixture.Floats($"grad{window}.{parameter.Name}"), Fixture.Gradient(emitted, parameter), $"gradient of {parameter.Name} in window {window}");
                }

                Bindings bindings = network.Bind(batch) with { Carried = before is null ? null : Interpreter.Carried(network.TrainingGraph!, before) };
                Closeness.AssertClose([losses[window]], [Interpreter.Loss(network.TrainingGraph!, bindings)], $"the interpreter's loss of window {window}");
                foreach ((string parameter, double[] gradient) in Interpreter.Gradients(network.TrainingGraph!, bindings))
                {
                    Closeness.AssertClose(gradient, Closeness.ToDouble(network.EmittedGradient(parameter)), $"gradient of {parameter} in window {window}");
                }
                double[][][] layers = [.. Interpreter.Carried(network.TrainingGraph!, bindings).OrderBy(pair => pair.Key)
                    .Select(pair => pair.Value.Chunk(fixture.Integers("shape")[1]).ToArray())];
                double[] states = [.. Enumerable.Range(0, batch.Count).SelectMany(sample => layers.SelectMany(layer => layer[sample]))];
                Closeness.AssertClose(fixture.Doubles($"states{window}"), states, $"the interpreter's states after window {window}");
                before = bindings;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_holds_the_final_states_of_PyTorch(string name)
    {
        (Fixture fixture, NetworkUnderTest network) = Compiled.Value[name];
        var streaming = (IStreaming)network.Emitted;
        fixture.LoadTensors(network.Emitted);
        var output = new float[streaming.StepOutputSize];
        StreamState[] streams = [.. Enumerable.Range(0, Window(fixture, 0).Count).Select(_ => streaming.NewState())];
        for (int window = 0; window < fixture.Floats("losses").Length; window++)
        {
            Batch batch = Window(fixture, window);
            var states = new List<float>();
            for (int sample = 0; sample < batch.Count; sample++)
            {
                int steps = batch.Lengths.IsEmpty ? network.Info.Inputs[0].Shape[0] : batch.Lengths[sample];
                for (int step = 0; step < steps; step++)
                {
                    streaming.Step(batch.Inputs.Slice((sample * network.Info.InputSize) + (step * streaming.StepInputSize), streaming.StepInputSize), streams[sample], output);
                }
                states.AddRange(StatesOf(streams[sample], fixture));
            }
            Closeness.AssertClose(fixture.Doubles($"states{window}"), Closeness.ToDouble([.. states]), $"states after window {window}");
        }
    }

    /// <summary>One window of all sequences.</summary>
    private static Batch Window(Fixture fixture, int window)
    {
        int windows = fixture.Floats("losses").Length;
        float[] inputs = Part(fixture.Floats("input")), targets = Part(fixture.Floats("target"));
        int count = fixture.Integers("shape")[0];
        return new() { Count = count, Inputs = inputs, Targets = targets, Lengths = fixture.Has("lengths") ? Part(fixture.Integers("lengths")) : [] };

        T[] Part<T>(T[] all) => all[(window * all.Length / windows)..((window + 1) * all.Length / windows)];
    }

    /// <summary>What a stream remembers of each layer, whose memory starts on a cache line.</summary>
    private static IEnumerable<float> StatesOf(StreamState stream, Fixture fixture)
    {
        using var file = new MemoryStream();
        stream.Save(file);
        file.Position = 0;
        SafetensorsTensor tensor = Assert.Single(SafetensorsFile.Read(file).Tensors);
        var values = new float[tensor.Count];
        tensor.CopyTo(values);
        int ofLayer = fixture.Integers("shape")[1];
        return values.Chunk((ofLayer + 15) / 16 * 16).SelectMany(layer => layer.Take(ofLayer));
    }
}
