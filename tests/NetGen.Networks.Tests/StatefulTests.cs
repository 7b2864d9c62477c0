namespace NetGen.Networks.Tests;

/// <summary>States that training carries from one batch to the next.</summary>
[Collection("NetGenRuntime.Threads")]
public sealed class StatefulTests : IDisposable
{
    private const int Sequences = 3, Windows = 4;

    private readonly int _threads = NetGenRuntime.Threads;

    public void Dispose() => NetGenRuntime.Threads = _threads;

    [Fact]
    public void Windows_have_the_loss_of_the_whole_sequence()
    {
        CarryingNet network = new(seed: 1);
        WholeSequence whole = new(seed: 1);
        network.Parameters.CopyTo(whole.Parameters);
        float[] inputs = Numbers.Of(Sequences * WholeSequence.InputSize), targets = Numbers.Of(Sequences * WholeSequence.OutputSize, phase: 1);

        float[] losses = [.. Enumerable.Range(0, Windows).Select(window => network.Forward(Part(inputs, window), Part(targets, window)))];

        Assert.Equal(whole.Forward(inputs, targets), losses.Average(), 1e-6f);
    }

    [Fact]
    public void A_step_carries_what_forward_carries_and_a_reset_starts_again()
    {
        CarryingNet network = new(seed: 1);
        SGD still = new(0);
        float[] first = Losses((inputs, targets) => network.Forward(inputs, targets));
        network.ResetStates();
        float[] again = Losses((inputs, targets) => network.TrainStep(inputs, targets, still));
        float[] further = Losses((inputs, targets) => network.Forward(inputs, targets));

        Assert.Equal(first, again);
        Assert.NotEqual(first[0], further[0]);
    }

    [Fact]
    public void Predictions_and_what_is_refused_leave_the_states_as_they_were()
    {
        CarryingNet network = new(seed: 1), untouched = new(seed: 1);
        float[] inputs = Numbers.Of(Sequences * CarryingNet.InputSize), targets = Numbers.Of(Sequences * CarryingNet.OutputSize), output = new float[targets.Length];
        network.Forward(inputs, targets);
        untouched.Forward(inputs, targets);

        network.Predict(inputs, output);
        network.Evaluate(new Batch { Count = Sequences, Inputs = inputs, Targets = targets }, output);
        network.Reserve(10 * Sequences);
        Assert.Throws<ArgumentException>(() => network.Forward(inputs, targets[1..]));
        Assert.Throws<ArgumentException>(() => network.Forward(new Batch { Count = Sequences, Inputs = inputs, Targets = targets, Lengths = [1, 0, 1] }));
        SGD another = new();
        another.Step(untouched);
        Assert.Throws<InvalidOperationException>(() => network.TrainStep(inputs, targets, another));

        CarryingNet expected = new(seed: 1);
        expected.Forward(inputs, targets);
        Assert.Equal(expected.Forward(inputs, targets), network.Forward(inputs, targets));
    }

    [Fact]
    public void Another_number_of_sequences_is_refused_until_a_reset()
    {
        CarryingNet network = new(seed: 1), untouched = new(seed: 1);
        float[] inputs = Numbers.Of(5 * CarryingNet.InputSize), targets = Numbers.Of(5 * CarryingNet.OutputSize);
        float[] three = inputs[..(Sequences * CarryingNet.InputSize)], threeTargets = targets[..(Sequences * CarryingNet.OutputSize)];
        network.Forward(three, threeTargets);
        untouched.Forward(three, threeTargets);

        Expect(() => network.Forward(inputs, targets));
        Expect(() => network.TrainStep(inputs, targets, new SGD(0.1f)));
        Assert.Equal(untouched.Forward(three, threeTargets), network.Forward(three, threeTargets));
        network.ResetStates();
        Assert.Equal(new CarryingNet(seed: 1).Forward(inputs, targets), network.Forward(inputs, targets));

        static void Expect(Action action) => Assert.Contains(
            "The states of 3 sequences are carried from the batch before, so the next has 3 samples, too; got 5. Call ResetStates()",
            Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_starts_at_zero()
    {
        CarryingNet network = new(seed: 1);
        float[] inputs = Numbers.Of(Sequences * CarryingNet.InputSize), targets = Numbers.Of(Sequences * CarryingNet.OutputSize);
        float first = network.Forward(inputs, targets);
        CarryingNet copy = network with { };

        Assert.Equal(first, copy.Forward(inputs, targets));
        Assert.NotEqual(first, network.Forward(inputs, targets));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        const int many = 200;
        int[] alone = Train(threads: 1);
        Assert.Equal(alone, Train(threads: 2));
        Assert.Equal(alone, Train(threads: 3));

        static int[] Train(int threads)
        {
            NetGenRuntime.Threads = threads;
            CarryingWords network = new(seed: 1);
            Adam optimizer = new(1e-2f);
            for (int window = 0; window < Windows; window++)
            {
                int[] lengths = [.. Enumerable.Range(0, many).Select(i => 1 + ((i + window) % 11))];
                int[] classes = [.. Enumerable.Range(0, many * CarryingWords.Info.ClassesPerSample).Select(i => i % 37)];
                network.TrainStep(new Batch { Count = many, Inputs = Numbers.For(CarryingWords.Info, many, window), Classes = classes, Lengths = lengths }, optimizer);
            }
            return Numbers.Bits(network.Parameters);
        }
    }

    private static float[] Losses(Func<float[], float[], float> loss)
    {
        float[] inputs = Numbers.Of(Sequences * WholeSequence.InputSize), targets = Numbers.Of(Sequences * WholeSequence.OutputSize, phase: 1);
        return [.. Enumerable.Range(0, Windows).Select(window => loss(Part(inputs, window), Part(targets, window)))];
    }

    /// <summary>One window of each sequence.</summary>
    private static float[] Part(float[] sequences, int window) =>
        [.. sequences.Chunk(sequences.Length / Sequences).SelectMany(sequence => sequence[(window * sequence.Length / Windows)..((window + 1) * sequence.Length / Windows)])];
}

[Network(Stateful = true)]
[Input(5, 3), LSTM(6, Layers = 2), GRU(4), SimpleRNN(5), Dense(2)]
[MeanSquaredError]
public sealed partial record CarryingNet;

[Network]
[Input(20, 3), LSTM(6, Layers = 2), GRU(4), SimpleRNN(5), Dense(2)]
[MeanSquaredError]
public sealed partial class WholeSequence;

[Network(Stateful = true)]
[Input(11, Type = InputType.Index)]
[Embedding(37, 24), LSTM(33, Layers = 2, Dropout = 0.2f), GRU(17), Dense(37)]
[SoftmaxCrossEntropy]
internal sealed partial class CarryingWords;
