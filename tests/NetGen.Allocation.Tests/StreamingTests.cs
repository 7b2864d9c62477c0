namespace NetGen.Allocation.Tests;

/// <summary>A stream is made once; its steps allocate nothing.</summary>
public sealed class StreamingTests
{
    [Fact]
    public void A_thousand_steps_of_recurrences_and_causal_convolutions_allocate_nothing()
    {
        RecurrentStream network = new(seed: 1);
        StreamState state = network.NewState(), other = network.NewState();
        float[] input = Numbers.Of(RecurrentStream.StepInputSize), output = new float[RecurrentStream.StepOutputSize];
        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < 1000; i++) network.Step(input, state, output);
            other.CopyFrom(state);
            state.Reset();
        }));
    }

    [Fact]
    public void A_copy_of_a_stream_has_the_memory_that_steps_need()
    {
        RecurrentStream network = new(seed: 1);
        StreamState state = network.NewState();
        float[] input = Numbers.Of(RecurrentStream.StepInputSize), output = new float[RecurrentStream.StepOutputSize];
        network.Step(input, state, output);

        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            StreamState copy = state.Clone();
            long before = AllocatedBytes.Now();
            network.Step(input, copy, output);
            return AllocatedBytes.Now() - before;
        }));
    }

    [Fact]
    public void Streams_of_a_transformer_allocate_nothing()
    {
        AttentiveStream network = new(seed: 1);
        StreamState state = network.NewState();
        float[] output = new float[AttentiveStream.StepOutputSize];
        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                if (i % 12 == 0) state.Reset();
                network.Step(i % 7, state, output);
            }
        }));
    }
}

[Network(Streaming = true)]
[Input(9, 5), CausalConv1D(6, 3, Dilation = 2), Tanh, LSTM(7, Layers = 2), GRU(5), SimpleRNN(4), LayerNorm, LastStep, Dense(3)]
internal sealed partial class RecurrentStream;

[Network(Streaming = true)]
[Input(12, Type = InputType.Index), Embedding(7, 8), PositionalEmbedding, SelfAttention(2, Causal = true, Window = 4, Rotary = true), SelfAttention(4, Causal = true), Dense(7)]
[SoftmaxCrossEntropy]
internal sealed partial class AttentiveStream;
