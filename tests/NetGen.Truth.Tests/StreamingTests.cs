using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Step by step over a sequence equals the whole sequence at once, for every network of the fixtures that can do both.</summary>
public sealed class StreamingTests(FixtureTests.Compiled compiled) : IClassFixture<FixtureTests.Compiled>
{
    /// <summary>Sums go in another order where a product has one row.</summary>
    private const double Tolerance = 1e-6;

    private IEnumerable<(Fixture Fixture, NetworkUnderTest Network)> Streaming => compiled.Networks.Values.Where(pair => pair.Network.Emitted is IStreaming);

    [Fact]
    public void Steps_equal_the_sequence() => Assert.All(Streaming, pair => CheckSteps(pair.Fixture, pair.Network));

    [Fact]
    public void The_networks_that_stream_have_every_layer_that_can()
    {
        string[] streaming = [.. Streaming.Select(pair => pair.Fixture.Name)];
        Assert.All(
            ["lstm_two_layers", "gru", "simplernn_relu", "lstm_last", "lstm_classifier", "attention_causal", "attention_window", "attention_rotary_causal", "transformer",
                "causal_stack", "wavenet", "positions", "positions_sinusoidal", "embedding"],
            name => Assert.Contains(name, streaming));
        Assert.All(
            ["lstm_bidirectional", "attention", "mean_over_time", "max_over_time", "cross_attention", "conv1d_plain", "embedding_wide", "dense_flat"],
            name => Assert.DoesNotContain(name, streaming));
    }

    private static void CheckSteps(Fixture fixture, NetworkUnderTest network)
    {
        var streaming = (IStreaming)network.Emitted;
        fixture.LoadTensors(network.Emitted);
        Batch batch = fixture.Batch;
        int time = network.Info.Inputs[0].Shape[0];
        bool isSequence = network.Info.OutputSize == time * streaming.StepOutputSize && network.Info.OutputShape.Rank == 2;
        var whole = new float[batch.Count * network.Info.OutputSize];
        streaming.Predict(batch.Inputs, whole);

        StreamState state = streaming.NewState();
        for (int sample = 0; sample < batch.Count; sample++)
        {
            state.Reset();
            var steps = new float[time * streaming.StepOutputSize];
            for (int step = 0; step < time; step++)
            {
                if (step == time / 2)
                {
                    state = Restored(streaming, state);
                }
                ReadOnlySpan<float> input = batch.Inputs.Slice((sample * network.Info.InputSize) + (step * streaming.StepInputSize), streaming.StepInputSize);
                streaming.Step(input, state, steps.AsSpan(step * streaming.StepOutputSize, streaming.StepOutputSize));
            }
            Assert.Equal(time, state.Steps);
            float[] expected = whole[(sample * network.Info.OutputSize)..((sample + 1) * network.Info.OutputSize)];
            float[] got = isSequence ? steps : steps[^streaming.StepOutputSize..];
            Closeness.AssertClose(Closeness.ToDouble(expected), got, $"{fixture.Name}: steps of sample {sample}", Tolerance);
        }
    }

    /// <summary>A state that went through a file.</summary>
    private static StreamState Restored(IStreaming network, StreamState state)
    {
        using var file = new MemoryStream();
        state.Save(file);
        file.Position = 0;
        StreamState restored = network.NewState();
        restored.Load(file);
        return restored;
    }
}
