namespace NetGen.Training.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void Training_learns_classes_that_lie_apart()
    {
        (Dataset train, Dataset validation, Dataset test) = Samples.OfClasses(60, 60, 60).Split(0.7, 0.1, 0.2, seed: 1);
        LinearNetwork network = new(2, 3);
        TrainingHistory history = NewTrainer(network, epochs: 200).Fit(train, validation);

        Assert.Equal(200, history.Count);
        Assert.Equal([.. Enumerable.Range(1, 200)], history.Select(result => result.Epoch));
        Assert.True(history[^1].TrainingLoss < history[0].TrainingLoss / 2);
        Assert.True(history[^1].ValidationAccuracy > 0.9);
        Assert.True(history[^1].ValidationLoss < history[0].ValidationLoss);
        Assert.All(history, result => Assert.True(result.Seconds > 0 && result.SamplesPerSecond > 0));
        Assert.True(ClassificationReport.Evaluate(network, test).Accuracy > 0.9);
    }

    [Fact]
    public void The_losses_of_an_epoch_are_means_by_weight()
    {
        // The rate is 0, so that every batch has its loss under the same parameters: 2 for the first sample, 0 for the second, 8 for the third (16 and 4 by weight).
        Dataset data = Dataset.FromArrays([0, 0, 0], 1, [MathF.Sqrt(2), 0, MathF.Sqrt(8)], 1, weights: [1, 1, 2]);
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 0 }) { Epochs = 1, BatchSize = 2 };
        EpochResult result = trainer.Fit(data, data)[0];

        Assert.Equal((2 + 0 + 2 * 8) / 4.0, result.TrainingLoss, 1e-6);
        Assert.Equal((2 + 0 + 2 * 8) / 4.0, result.ValidationLoss!.Value, 1e-6);
        Assert.Null(result.ValidationAccuracy);
    }

    [Fact]
    public void Without_weights_every_sample_counts_once()
    {
        Dataset data = Dataset.FromArrays([0, 0, 0], 1, [3, 0, 0], 1);
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 0 }) { Epochs = 1, BatchSize = 2 };
        EpochResult result = trainer.Fit(data, data)[0];

        Assert.Equal(3, result.TrainingLoss, 1e-6);
        Assert.Equal(3, result.ValidationLoss!.Value, 1e-6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        Assert.Equal(TrainOnce(seed: 1), TrainOnce(seed: 1));
        Assert.NotEqual(TrainOnce(seed: 1), TrainOnce(seed: 2));

        static float[] TrainOnce(long seed)
        {
            LinearNetwork network = new(2, 2);
            new Trainer<LinearNetwork>(network, new Descent { LearningRate = 0.1f }) { Epochs = 3, BatchSize = 4, Seed = seed }.Fit(Samples.OfClasses(9, 10));
            return network.Parameters.ToArray();
        }
    }

    [Fact]
    public void Training_twice_for_three_epochs_is_training_once_for_six()
    {
        Dataset data = Samples.OfClasses(9, 10);
        LinearNetwork once = new(2, 2);
        NewTrainer(once, epochs: 6).Fit(data);

        LinearNetwork twice = new(2, 2);
        NewTrainer(twice, epochs: 3).Fit(data);
        NewTrainer(twice, epochs: 3).Fit(data);

        Assert.Equal(once.Parameters, twice.Parameters);
    }

    [Fact]
    public void Preprocessing_is_fitted_once_to_the_training_part()
    {
        (Dataset train, Dataset test) = Samples.OfClasses(10, 10).Split(0.5, 0.5, seed: 1);
        LinearNetwork network = new(2, 2);
        NewTrainer(network, epochs: 1).Fit(train, test);
        Assert.Equal(train.Features.ToArray().Max(), network.State[0]);

        NewTrainer(network, epochs: 1).Fit(test);
        Assert.Equal(1, network.TimesFitted);
    }

    [Fact]
    public void Memory_is_reserved_for_the_largest_batch_there_is()
    {
        LinearNetwork network = new(2, 2);
        NewTrainer(network, epochs: 1).Fit(Samples.OfClasses(10, 10));
        Assert.Equal(8, network.Reserved);

        NewTrainer(network, epochs: 1).Fit(Samples.OfClasses(2, 3));
        Assert.Equal(5, network.Reserved);
    }

    [Fact]
    public void A_callback_stops_the_training_after_its_epoch()
    {
        List<int> seen = [];
        Trainer<LinearNetwork> trainer = NewTrainer(new LinearNetwork(2, 2), epochs: 10);
        trainer.Callbacks.Add((in result, context) =>
        {
            Assert.Equal(result, context.History[^1]);
            if (result.Epoch == 3)
            {
                context.Stop();
            }
        });
        trainer.Callbacks.Add((in result, context) => seen.Add(result.Epoch));
        TrainingHistory history = trainer.Fit(Samples.OfClasses(5, 5));

        Assert.Equal(3, history.Count);
        Assert.Equal([1, 2, 3], seen);
        Assert.Throws<ArgumentOutOfRangeException>(() => history[3]);
    }

    [Fact]
    public void The_last_batch_is_left_out_when_asked()
    {
        LinearNetwork network = new(2, 2);
        network.Observe = (in batch) => Assert.Equal(4, batch.Count);
        new Trainer<LinearNetwork>(network, new Descent()) { Epochs = 2, BatchSize = 4, DropLast = true }.Fit(Samples.OfClasses(5, 5));

        Assert.Equal(4, network.StepCount);
    }

    [Fact]
    public void Cancelling_ends_the_training_between_two_steps()
    {
        using CancellationTokenSource source = new();
        LinearNetwork network = new(2, 2);
        network.Observe = (in _) =>
        {
            if (network.StepCount == 2)
            {
                source.Cancel();
            }
        };

        Assert.Throws<OperationCanceledException>(() => NewTrainer(network, epochs: 5).Fit(Samples.OfClasses(20, 20), cancellationToken: source.Token));
        Assert.Equal(3, network.StepCount);
    }

    [Fact]
    public void A_loss_that_explodes_ends_the_training_with_advice()
    {
        LinearNetwork network = new(1, 1, LossKind.MeanSquaredError);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 1e30f }) { Epochs = 5, BatchSize = 5 };
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.OfLine(20)));

        Assert.Matches(@"The loss became (NaN|Infinity|∞) in epoch 1, batch 2 of 4\. Create the network anew and try a smaller learning rate \(now 1E\+30\)", exception.Message);
    }

    public static TheoryData<LossKind, int, int, Dataset, string> BadData => new()
    {
        { LossKind.SoftmaxCrossEntropy, 3, 2, Samples.OfClasses(5, 5), "Linear takes 3 floats a sample, the data set has 2 features." },
        { LossKind.SoftmaxCrossEntropy, 2, 3, Samples.OfClasses(5, 5), "Linear has 3 outputs, one a class; the data set has 2 classes (class0, class1)." },
        { LossKind.SigmoidCrossEntropy, 2, 1, Samples.OfClasses(5, 5, 5), "Linear has 1 output, which tells 2 classes apart; the data set has 3 classes" },
        { LossKind.SigmoidCrossEntropy, 2, 2, Samples.OfClasses(5, 5), "Linear has 2 independent outputs" },
        { LossKind.MeanSquaredError, 2, 2, Samples.OfClasses(5, 5), "Linear is trained with MeanSquaredError, which takes targets" },
        { LossKind.MeanSquaredError, 1, 2, Samples.OfLine(5), "Linear has 2 outputs a sample, the data set has 1 target. Change the network's last layer" },
        {
            LossKind.SoftmaxCrossEntropy, 1, 3, Samples.OfLine(5),
            "Linear is trained with SoftmaxCrossEntropy, which takes classes, or 3 probabilities a sample; the data set has 1 target. "
            + "Read the data set with label:, or train a network with [MeanSquaredError] and 1 output."
        },
        {
            LossKind.SigmoidCrossEntropy, 1, 1, Dataset.FromArrays([1f], 1, [0f, 1f], 2),
            "SigmoidCrossEntropy, which takes classes, or 1 probability a sample; the data set has 2 targets."
        },
        { LossKind.SigmoidCrossEntropy, 1, 2, Samples.OfLine(5), "Linear has 2 outputs a sample, the data set has 1 target." },
        { LossKind.SoftmaxCrossEntropy, 1, 1, Samples.OfLine(0), "The data set has no samples." },
    };

    [Theory]
    [MemberData(nameof(BadData), DisableDiscoveryEnumeration = true)]
    public void Data_that_do_not_fit_are_refused_before_anything_is_touched(LossKind loss, int inputs, int outputs, Dataset data, string message)
    {
        LinearNetwork network = new(inputs, outputs, loss);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => NewTrainer(network, epochs: 1).Fit(data));

        Assert.Contains(message, exception.Message);
        Assert.Equal("train", exception.ParamName);
        Assert.Equal((0, 0, 0), (network.TimesFitted, network.Reserved, network.StepCount));
    }

    [Fact]
    public void One_class_a_sample_does_not_fit_a_network_that_predicts_sequences_of_classes()
    {
        LinearNetwork network = new(2, 6, outputShape: new Shape(3, 2));

        const string message = "predicts 3 classes a sample (its output is 3x2)";
        Dataset data = Samples.OfClasses(1, 1, 1, 1, 1, 1);

        Assert.Contains(message, Assert.Throws<ArgumentException>(() => NewTrainer(network, epochs: 1).Fit(data)).Message);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(network, data)).Message);
    }

    [Fact]
    public void Validation_data_that_do_not_fit_are_refused_before_anything_is_touched()
    {
        LinearNetwork network = new(2, 2);
        Trainer<LinearNetwork> trainer = NewTrainer(network, epochs: 1);
        Dataset train = Samples.OfClasses(5, 5);
        Dataset others = Dataset.FromArrays([0, 0], 2, [0], ["cat", "dog"]);

        Assert.Contains("class0, class1, this one cat, dog", Assert.Throws<ArgumentException>("validation", () => trainer.Fit(train, others)).Message);
        Assert.Contains("no samples", Assert.Throws<ArgumentException>("validation", () => trainer.Fit(train, train.Split(1, 0, seed: 0).Test)).Message);
        Assert.Equal((0, 0, 0), (network.TimesFitted, network.Reserved, network.StepCount));
    }

    [Fact]
    public void Vocabularies_that_differ_are_told_by_their_first_words_and_where_they_part()
    {
        string[] words = [.. Enumerable.Range(0, 1000).Select(i => $"word{i}")];
        Dataset train = Dataset.FromArrays([0, 0], 2, [0], words), others = Dataset.FromArrays([0, 0], 2, [0], [.. words[..998], "x", "y"]);
        string message = Assert.Throws<ArgumentException>("validation", () => NewTrainer(new LinearNetwork(2, 1000), epochs: 1).Fit(train, others)).Message;

        Assert.Contains("word8, word9, ..., this one word0, word1, ", message);
        Assert.Contains("word9, ..., and from index 998 on they are others: an index would mean another class.", message);
    }

    [Fact]
    public void A_network_with_one_output_learns_two_classes()
    {
        LinearNetwork network = new(2, 1, LossKind.SigmoidCrossEntropy);
        Dataset data = Samples.OfClasses(20, 20);
        TrainingHistory history = NewTrainer(network, epochs: 200).Fit(data, data);

        Assert.Equal(1, history[^1].ValidationAccuracy);
    }

    [Fact]
    public void Settings_below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Epochs", () => new Trainer<LinearNetwork>(new LinearNetwork(1, 1), new Descent()) { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => new Trainer<LinearNetwork>(new LinearNetwork(1, 1), new Descent()) { BatchSize = 0 });
    }

    private static Trainer<LinearNetwork> NewTrainer(LinearNetwork network, int epochs) =>
        new(network, new Descent { LearningRate = 0.5f }) { Epochs = epochs, BatchSize = 8 };
}
