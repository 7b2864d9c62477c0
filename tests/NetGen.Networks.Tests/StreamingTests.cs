namespace NetGen.Networks.Tests;

/// <summary>What a stream promises beside its numbers: states of their own, an end where there is one, clear errors that change nothing, no memory.</summary>
public sealed class StreamingTests
{
    [Fact]
    public void A_window_of_attention_slides_on_beyond_the_declared_steps()
    {
        WindowedStream network = new(seed: 3);
        const int Time = 8, Features = 4;
        float[] signal = Numbers.Of(5 * Time * Features);
        StreamState state = network.NewState();
        float[] stepped = new float[WindowedStream.StepOutputSize], whole = new float[WindowedStream.OutputSize];
        for (int step = 0; step < 5 * Time; step++)
        {
            network.Step(signal.AsSpan(step * Features, Features), state, stepped);
            if (step < Time - 1) continue;
            // A step sees three, and rotary positions only how far apart they are: the last eight steps are all that matters.
            network.Predict(signal.AsSpan((step - Time + 1) * Features, Time * Features), whole);
            for (int i = 0; i < stepped.Length; i++) Assert.Equal(whole[(Time - 1) * stepped.Length + i], stepped[i], 1e-5f);
        }
        Assert.Equal(5 * Time, state.Steps);
    }

    [Fact]
    public void Streams_do_not_touch_each_other_and_go_on_from_a_copy()
    {
        RecurrentStream network = new(seed: 1);
        float[] output = new float[2], other = new float[2], copied = new float[2];
        StreamState first = network.NewState(), second = network.NewState();
        network.Step([1, 2, 3], first, output);
        network.Step([-1, 0, 1], second, other);
        StreamState copy = first.Clone();
        network.Step([3, 2, 1], first, output);
        network.Step([3, 2, 1], copy, copied);
        Assert.Equal(output, copied);
        second.CopyFrom(copy);
        Assert.Equal(2, second.Steps);

        first.Reset();
        network.Step([-1, 0, 1], first, output);
        Assert.Equal(other, output);
    }

    [Fact]
    public void A_stream_ends_where_positions_do()
    {
        WordStream network = new(seed: 1);
        StreamState state = network.NewState();
        float[] output = new float[WordStream.StepOutputSize];
        for (int step = 0; step < 6; step++) network.Step(step, state, output);
        string message = Assert.Throws<InvalidOperationException>(() => network.Step(0, state, output)).Message;
        Assert.Contains("has taken 6 steps, all that WordStream knows positions of", message, StringComparison.Ordinal);
        Assert.Equal(6, state.Steps);
        state.Reset();
        network.Step(0, state, output);
        Assert.Equal(1, output.Sum(), 1e-5f);
    }

    [Fact]
    public void Bad_arguments_are_named_and_leave_the_stream_as_it_was()
    {
        RecurrentStream network = new(seed: 1);
        WordStream words = new(seed: 1);
        StreamState state = network.NewState();
        float[] output = new float[2];
        network.Step([1, 2, 3], state, output);
        StreamState text = words.NewState();
        words.Step(3, text, new float[9]);
        byte[] before = Saved(state), textBefore = Saved(text);

        Expect("Expected one step of 3 floats, got 2", () => network.Step([1, 2], state, output));
        Expect("Expected 2 floats for the output of one step, got 3", () => network.Step([1, 2, 3], state, new float[3]));
        Expect("Expected a state of RecurrentStream", () => network.Step([1, 2, 3], words.NewState(), output));
        Expect("spans that overlap", () => { float[] both = new float[3]; network.Step(both, state, both.AsSpan(1)); });
        Assert.Throws<ArgumentNullException>(() => network.Step([1, 2, 3], null!, output));
        Expect("Expected a state of RecurrentStream of 32 floats, got one of WordStream", () => state.CopyFrom(words.NewState()));
        Expect("Expected an id from 0 to 8, got 9", () => words.Step(9, text, new float[9]));
        Expect("Expected an id from 0 to 8, got -1", () => words.Step(-1, text, new float[9]));
        Expect("Expected a whole number from 0 to 8, got 1.5", () => words.Step([1.5f], text, new float[9]));
        Expect("Expected a whole number from 0 to 8, got NaN", () => words.Step([float.NaN], text, new float[9]));
        Expect("Expected a state of WordStream", () => words.Step(1, state, new float[9]));
        Assert.Equal(before, Saved(state));
        Assert.Equal(textBefore, Saved(text));

        static void Expect(string message, Action action) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_stream_of_the_network_is_refused_and_changes_nothing()
    {
        RecurrentStream network = new(seed: 1);
        WordStream words = new(seed: 1);
        StreamState state = network.NewState();
        network.Step([1, 2, 3], state, new float[2]);
        byte[] before = Saved(state);

        byte[] file = Saved(state);
        Refuse("a stream of RecurrentStream, found one of WordStream", Saved(words.NewState()));
        Refuse("", file[..^4]);
        Refuse("", [.. file[..20], (byte)'?', .. file[21..]]);
        Refuse("", []);
        using var parameters = new MemoryStream();
        network.Save(parameters);
        Refuse("netgen.steps", parameters.ToArray());
        Assert.Equal(before, Saved(state));

        void Refuse(string message, byte[] bytes) => Assert.Contains(
            message, Assert.Throws<NetworkFormatException>(() => state.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    private static byte[] Saved(StreamState state)
    {
        using var file = new MemoryStream();
        state.Save(file);
        return file.ToArray();
    }
}

[Network(Streaming = true)]
[Input(8, 4), SelfAttention(2, Causal = true, Window = 3, Rotary = true), Dense(2)]
public sealed partial class WindowedStream;

[Network(Streaming = true)]
[Input(5, 3), LSTM(4, Layers = 2), Dense(2)]
public sealed partial class RecurrentStream;

[Network(Streaming = true)]
[Input(6, Type = InputType.Index), Embedding(9, 4), PositionalEmbedding, SelfAttention(2, Causal = true), Dense(9)]
[SoftmaxCrossEntropy]
public sealed partial class WordStream;
