namespace NetGen.Training.Tests;

public sealed class SequenceTrainingTests
{
    private static readonly string[] Tokens = ["edge", "a", "b", "c", "d"];

    // After a letter comes the next one; words have 1 to 3 letters between two edges.
    private static readonly int[][] Words = [[0, 1, 2, 3, 0], [0, 1, 2, 0], [0, 2, 3, 4, 0], [0, 4, 0], [0, 3, 4, 0], [0, 1, 0]];

    [Fact]
    public void A_network_learns_the_next_token_of_a_text()
    {
        Dataset data = Dataset.FromText([.. Enumerable.Range(0, 60).Select(i => i % 5)], time: 4, Tokens);
        NextToken net = new(seed: 1);

        TrainingHistory history = new Trainer<NextToken>(net, new Adam(0.05f)) { Epochs = 30, BatchSize = 4 }.Fit(data, data);

        Assert.True(history[^1].ValidationLoss < 0.05, $"loss {history[^1].ValidationLoss}");
        Assert.Equal(1, history[^1].ValidationAccuracy);
    }

    [Fact]
    public void Losses_and_accuracies_count_each_real_step_once_whatever_batch_it_is_in()
    {
        Dataset data = Dataset.FromTexts(Words, time: 4, Tokens);
        NextToken net = new(seed: 1);
        float[] predictions = new float[Words.Length * NextToken.OutputSize];
        float whole = net.Evaluate(data.Slice(0, data.Count), predictions);

        EpochResult result = new Trainer<NextToken>(net, new SGD(1e-20f)) { Epochs = 1, BatchSize = 4 }.Fit(data, data)[0];

        int right = 0;
        int steps = 0;
        for (int word = 0; word < Words.Length; word++)
        {
            for (int t = 0; t + 1 < Words[word].Length; t++)
            {
                ReadOnlySpan<float> step = predictions.AsSpan(word * NextToken.OutputSize + t * Tokens.Length, Tokens.Length);
                right += step.IndexOf(step.ToArray().Max()) == Words[word][t + 1] ? 1 : 0;
                steps++;
            }
        }
        Assert.Equal(whole, result.ValidationLoss!.Value, 1e-6);
        Assert.Equal(whole, result.TrainingLoss, 1e-6);
        Assert.Equal((double)right / steps, result.ValidationAccuracy);
    }

    [Fact]
    public void A_stateful_network_learns_window_after_window_in_each_place_of_the_batch()
    {
        int[] text = [.. Enumerable.Range(0, 95).Select(i => i * i % 5)];
        Dataset data = Dataset.FromText(text, time: 4, Tokens);
        CarryingToken trained = new(seed: 1), stepped = new(seed: 1);

        TrainingHistory history = new Trainer<CarryingToken>(trained, new Adam(0.02f)) { Epochs = 3, BatchSize = 3 }.Fit(data);

        // Places 0, 1 and 2 begin at windows 0, 7 and 14 of 23.
        Adam optimizer = new(0.02f);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            stepped.ResetStates();
            double sum = 0;
            for (int window = 0; window < 7; window++)
            {
                int[] starts = [4 * window, 4 * (7 + window), 4 * (14 + window)];
                float[] inputs = [.. starts.SelectMany(start => text[start..(start + 4)]).Select(id => (float)id)];
                int[] classes = [.. starts.SelectMany(start => text[(start + 1)..(start + 5)])];
                sum += stepped.TrainStep(inputs, classes, optimizer);
            }
            Assert.Equal(sum / 7, history[epoch].TrainingLoss, 1e-6);
        }
        Assert.Equal(stepped.Parameters.ToArray(), trained.Parameters.ToArray());
    }

    [Fact]
    public void Lengths_that_the_network_cannot_take_are_refused_before_anything_is_touched()
    {
        NextToken net = new(seed: 1);
        Dataset tooLong = Dataset.FromArrays(new float[8], 4, new int[8], Tokens, classesPerSample: 4, lengths: [4, 5]);
        Assert.Contains("Sample 1 of the data set has 5 time steps, NextToken takes up to 4.", Refused(net, tooLong));
        Assert.Equal(0, net.StepCount);

        LinearNetwork flat = new(2, 2);
        Dataset sequences = Dataset.FromArrays(new float[4], 2, [0, 1], lengths: [1, 1]);
        Assert.Contains("which Linear has no use for", Refused(flat, sequences));
    }

    [Fact]
    public void Another_number_of_classes_a_sample_or_of_tokens_is_refused()
    {
        NextToken net = new(seed: 1);

        Assert.Contains(
            "NextToken predicts 4 classes a sample (its output is 4x5), the data set has 1 class a sample.",
            Refused(net, Dataset.FromArrays(new float[4], 4, [0], Tokens)));
        Assert.Contains("NextToken has 5 outputs, one a class; the data set has 4 classes", Refused(net, Dataset.FromText([0, 1, 2, 3, 0], 4, Tokens[..4])));
        Assert.Contains(
            "Linear predicts 1 class a sample (its output is 2), the data set has 2 classes a sample.",
            Refused(new LinearNetwork(2, 2), Dataset.FromText([0, 1, 0], 2, ["a", "b"])));
    }

    [Fact]
    public void Reports_of_one_prediction_a_sample_refuse_sequences()
    {
        Dataset text = Dataset.FromText([0, 1, 2, 3, 4], 4, Tokens);
        Assert.Contains("4 classes a sample, a report is of one", Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(new NextToken(), text)).Message);

        Dataset lengths = Dataset.FromArrays(new float[4], 2, [0, 1], lengths: [1, 1]);
        Assert.Contains("different lengths", Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(new LinearNetwork(2, 2), lengths)).Message);
    }

    private static string Refused<TNetwork>(TNetwork network, Dataset data)
        where TNetwork : ITrainable =>
        Assert.Throws<ArgumentException>(() => new Trainer<TNetwork>(network, new SGD()).Fit(data)).Message;
}

[Network]
[Input(4, Type = InputType.Index)]
[Embedding(vocabulary: 5, size: 8), LSTM(8), Dense(5)]
[SoftmaxCrossEntropy]
public sealed partial class NextToken;

[Network(Stateful = true)]
[Input(4, Type = InputType.Index), Embedding(5, 6), GRU(7), Dense(5), SoftmaxCrossEntropy]
public sealed partial class CarryingToken;
