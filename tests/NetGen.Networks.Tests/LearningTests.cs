using NetGen.Training;

namespace NetGen.Networks.Tests;

/// <summary>That the whole learns at all.</summary>
public sealed class LearningTests
{
    private static readonly float[] XorInputs = [0, 0, 0, 1, 1, 0, 1, 1];
    private static readonly float[] XorTargets = [0, 1, 1, 0];

    [Fact]
    public void Two_layers_learn_XOR()
    {
        XorRecord network = new(seed: 1);
        SGD optimizer = new(0.5f);
        float loss = float.PositiveInfinity;
        for (int step = 0; step < 2000; step++)
        {
            loss = network.TrainStep(XorInputs, XorTargets, optimizer);
        }
        float[] predictions = new float[4];
        network.Predict(XorInputs, predictions);

        Assert.InRange(loss, 0, 0.05f);
        Assert.All(predictions.Zip(XorTargets), pair => Assert.Equal(pair.Second, pair.First, 0.1f));
    }

    [Fact]
    public void A_regression_learns_a_function_of_two_variables()
    {
        // y = (x0 x1, x0 - x2): the first is out of reach of any linear model.
        const int samples = 400;
        float[] features = Numbers.Of(samples * Regressor.InputSize);
        float[] targets =
        [
            .. Enumerable.Range(0, samples).SelectMany(i =>
            {
                ReadOnlySpan<float> x = features.AsSpan(i * Regressor.InputSize, 3);
                return new[] { x[0] * x[1], x[0] - x[2] };
            }),
        ];
        var (train, test) = Dataset.FromArrays(features, Regressor.InputSize, targets, 2).Split(0.8, 0.2, seed: 1);
        Regressor network = new(seed: 1);
        TrainingHistory history = new Trainer<Regressor>(network, new Adam(3e-3f)) { Epochs = 60, BatchSize = 16 }.Fit(train, test);

        Assert.InRange(history[^1].TrainingLoss, 0, history[0].TrainingLoss / 20);
        Assert.InRange(history[^1].ValidationLoss ?? double.NaN, 0, 0.01);
        Assert.All(RegressionReport.Evaluate(network, test).Targets, target => Assert.True(target.R2 > 0.95));
    }

    [Fact]
    public void Classes_are_learnt_with_every_optimizer()
    {
        var (train, test) = Numbers.Classes(600).Split(0.8, 0.2, seed: 1);
        Optimizer[] optimizers = [new SGD(0.1f) { Momentum = 0.9f, Nesterov = true }, new Adam(1e-2f), new AdamW(1e-2f)];
        Assert.All(optimizers, optimizer =>
        {
            Classifier network = new(seed: 1);
            new Trainer<Classifier>(network, optimizer) { Epochs = 20, BatchSize = 16 }.Fit(train);
            Assert.True(ClassificationReport.Evaluate(network, test).Accuracy > 0.85);
        });
    }
}
