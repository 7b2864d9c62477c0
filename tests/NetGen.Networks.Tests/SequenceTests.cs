namespace NetGen.Networks.Tests;

/// <summary>What batches of sequences may hold, and what is refused.</summary>
public sealed class SequenceTests
{
    private const int Samples = 3;
    private const int Time = 11;

    private static readonly int[] Classes = [0, 4, 2];

    [Theory]
    [InlineData(37, "37")]
    [InlineData(-1, "-1")]
    [InlineData(2.5f, "2.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Ids_outside_of_the_vocabulary_are_refused_and_nothing_changes(float id, string shown)
    {
        float[] inputs = Numbers.For(SharedRecurrences.Info, Samples);
        inputs[Time + 4] = id;
        string message = $"Expected whole numbers from 0 to 36 in input, got {shown} for sample 1, step 4.";

        AssertRefused(message, inputs, lengths: []);
    }

    [Theory]
    [InlineData(new[] { 3, 0, 2 }, "xpected 1 to 11 time steps, got 0 for sample 1.")]
    [InlineData(new[] { 3, 2, -1 }, "xpected 1 to 11 time steps, got -1 for sample 2.")]
    [InlineData(new[] { 12, 2, 1 }, "xpected 1 to 11 time steps, got 12 for sample 0.")]
    [InlineData(new[] { 3, 2 }, "xpected 3 lengths, one a sample, got 2.")]
    [InlineData(new[] { 3, 2, 1, 1 }, "xpected 3 lengths, one a sample, got 4.")]
    public void Lengths_out_of_range_or_of_another_count_are_refused_and_nothing_changes(int[] lengths, string message) =>
        AssertRefused(message, Numbers.For(SharedRecurrences.Info, Samples), lengths);

    [Fact]
    public void A_sequence_longer_than_declared_is_refused_and_nothing_changes()
    {
        SharedRecurrences network = new(seed: 1);
        float[] outputs = new float[SharedRecurrences.OutputSize];
        int[] parameters = Numbers.Bits(network.Parameters);
        const string whole = "Expected 11 floats or a whole number of samples, got 12.";

        Refuses("Expected 11 ids, one sample of input, got 12.", () => network.Predict(new int[12], outputs));
        Refuses(whole, () => network.Predict(new float[12], outputs));
        Refuses(whole, () => network.Forward(new float[12], [1]));
        Refuses("Batch.Inputs: expected 11 floats (1 sample of 11", () => network.Forward(new Batch { Count = 1, Inputs = new float[12], Classes = [1] }));
        Refuses("Batch.Inputs: expected 11 floats", () => network.TrainStep(new Batch { Count = 1, Inputs = new float[12], Classes = [1] }, new Adam()));

        Assert.All(outputs, value => Assert.Equal(0, value));
        Assert.Equal(parameters, Numbers.Bits(network.Parameters));
        Assert.Equal(0, network.StepCount);

        static void Refuses(string message, Action act) => Assert.Contains(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_are_refused_where_nothing_has_use_for_them() => Assert.Contains(
        "Batch.Lengths: expected none",
        Assert.Throws<ArgumentException>(() => new Classifier(seed: 1).Forward(new Batch { Count = 1, Inputs = Numbers.Of(Classifier.InputSize), Classes = [0], Lengths = [1] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_stands_in_padded_steps_of_a_recurrence_changes_nothing()
    {
        SharedRecurrences network = new(seed: 1);
        int[] lengths = [3, 11, 7];
        float[] inputs = Numbers.For(SharedRecurrences.Info, Samples), others = [.. inputs], outputs = new float[Samples * SharedRecurrences.OutputSize], same = [.. outputs];
        for (int step = 5; step < Time; step++) others[step] = 0;

        network.Predict(inputs, outputs, [1, 11, 7]);
        network.Predict(others, same, [1, 11, 7]);
        Assert.Equal(Numbers.Bits(outputs), Numbers.Bits(same));
        network.Predict(inputs, same, lengths);
        Assert.NotEqual(outputs[0], same[0]);
        Assert.Equal(outputs[SharedRecurrences.OutputSize..], same[SharedRecurrences.OutputSize..]);
    }

    [Fact]
    public void Full_lengths_are_as_none()
    {
        SharedTransformer network = new(seed: 1);
        float[] inputs = Numbers.For(SharedTransformer.Info, Samples), outputs = new float[Samples * SharedTransformer.OutputSize], full = [.. outputs];
        network.Predict(inputs, outputs);
        network.Predict(inputs, full, [19, 19, 19]);

        Assert.Equal(Numbers.Bits(outputs), Numbers.Bits(full));
    }

    private static void AssertRefused(string message, float[] inputs, int[] lengths)
    {
        SharedRecurrences network = new(seed: 1);
        float[] right = Numbers.For(SharedRecurrences.Info, Samples);
        Adam optimizer = new();
        float loss = network.Forward(right, Classes);
        int[] parameters = Numbers.Bits(network.Parameters), gradients = Numbers.Bits(network.Gradients);
        long step = network.StepCount;
        float[] outputs = new float[Samples * SharedRecurrences.OutputSize];
        Workspace workspace = new(SharedRecurrences.WorkspaceSize);

        Refuses(() => network.Predict(inputs, outputs, lengths));
        Refuses(() => network.PredictLogits(inputs, outputs, lengths));
        Refuses(() => network.Predict(inputs, outputs, lengths, workspace));
        Refuses(() => network.Evaluate(Batch(), outputs));
        Refuses(() => network.TrainStep(Batch(), optimizer));
        Refuses(() => network.Forward(Batch()));

        Assert.All(outputs, value => Assert.Equal(0, value));
        Assert.Equal(step, network.StepCount);
        Assert.Equal(parameters, Numbers.Bits(network.Parameters));
        Assert.Equal(gradients, Numbers.Bits(network.Gradients));
        Assert.Equal(loss, network.Forward(right, Classes));

        void Refuses(Action act) => Assert.Contains(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);

        Batch Batch() => new() { Count = Samples, Inputs = inputs, Classes = Classes, Lengths = lengths };
    }
}
