using NetGen.CompilerServices;
using NetGen.Training;

namespace NetGen.Networks.Tests;

/// <summary>Networks of several outputs: one row of all of them, one loss of all of theirs.</summary>
[Collection("NetGenRuntime.Threads")]
public sealed class OutputTests : IDisposable
{
    private const int Samples = 61;

    private readonly int _threads = NetGenRuntime.Threads;

    public void Dispose() => NetGenRuntime.Threads = _threads;

    [Fact]
    public void Each_output_has_a_place_in_the_row()
    {
        Assert.Equal((0..10, 10..13, 13), (Heads.DigitRange, Heads.SlantRange, Heads.OutputSize));
        Assert.Equal(
            [new OutputInfo("digit", new Shape(10), 0, LossKind.SoftmaxCrossEntropy, 1), new OutputInfo("slant", new Shape(3), 10, LossKind.MeanSquaredError, 0.5f)],
            Heads.Info.Outputs);
        Assert.Equal([Heads.DigitRange, Heads.SlantRange], Heads.Info.Outputs.Select(output => output.Range));
        Assert.Equal((LossKind.WeightedSum, new Shape(13)), (Heads.Info.Loss, Heads.Info.OutputShape));
        Assert.Equal([new OutputInfo("output", new Shape(3), 0, LossKind.SoftmaxCrossEntropy, 1)], Classifier.Info.Outputs);
    }

    [Fact]
    public void Only_the_parts_of_classifications_become_probabilities()
    {
        Heads network = new(seed: 1);
        float[] input = Numbers.Of(5 * Heads.InputSize), logits = new float[5 * Heads.OutputSize], row = new float[logits.Length];
        network.PredictLogits(input, logits);
        network.Predict(input, row);
        for (int start = 0; start < row.Length; start += Heads.OutputSize)
        {
            ReadOnlySpan<float> of = row.AsSpan(start, Heads.OutputSize);
            double[] powers = [.. logits[start..][Heads.DigitRange].Select(logit => Math.Exp(logit))];
            Closeness.AssertClose([.. powers.Select(power => power / powers.Sum())], of[Heads.DigitRange].ToArray(), "digit");
            Assert.Equal(logits[start..][Heads.SlantRange], of[Heads.SlantRange].ToArray());
        }
    }

    [Fact]
    public void Evaluate_gives_the_weighted_sum_of_mean_losses()
    {
        Heads network = new(seed: 1);
        (float[] inputs, float[] targets) = Data(Samples);
        float[] row = new float[targets.Length];
        float loss = network.Evaluate(new Batch { Count = Samples, Inputs = inputs, Targets = targets }, row);

        double expected = 0;
        for (int start = 0; start < row.Length; start += Heads.OutputSize)
        {
            double crossEntropy = -row[start..][Heads.DigitRange].Zip(targets[start..][Heads.DigitRange], (p, t) => t * Math.Log(p)).Sum();
            double squared = row[start..][Heads.SlantRange].Zip(targets[start..][Heads.SlantRange], (x, t) => Math.Pow(x - t, 2)).Average();
            expected += (crossEntropy + (0.5 * squared)) / Samples;
        }
        Closeness.AssertClose([expected], [loss], "loss");
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_in_one_step_or_three()
    {
        (float[] losses, int[] parameters) = Train(threads: 1, together: true);
        foreach ((int threads, bool together) in new[] { (1, false), (2, true), (3, false), (4, true) })
        {
            (float[] others, int[] bits) = Train(threads, together);
            Assert.Equal(losses, others);
            Assert.Equal(parameters, bits);
        }
        Assert.True(WorkSharing.Workers(Samples, 6L * Heads.ParameterCount) > 1, "too small to be shared");
    }

    [Fact]
    public void A_trainer_learns_all_outputs()
    {
        Heads network = new(seed: 1);
        (float[] inputs, float[] targets) = Data(200);
        Dataset data = Dataset.FromArrays(inputs, Heads.InputSize, targets, Heads.OutputSize);
        var trainer = new Trainer<Heads>(network, new Adam(3e-3f)) { Epochs = 30 };
        TrainingHistory history = trainer.Fit(data, data);

        Assert.True(history[^1].TrainingLoss < 0.6 * history[0].TrainingLoss, $"{history[0].TrainingLoss} to {history[^1].TrainingLoss}");
        Assert.Null(history[^1].ValidationAccuracy);
    }

    [Fact]
    public void Classes_are_refused_with_what_to_do()
    {
        Heads network = new(seed: 1);
        float[] inputs = Numbers.Of(2 * Heads.InputSize);
        Dataset classes = Dataset.FromArrays(inputs, Heads.InputSize, [0, 1]);

        Assert.Contains(
            "Heads has 2 outputs (digit, slant), got Batch.Classes. Give each sample a row of 13 floats",
            Assert.Throws<ArgumentException>(() => network.Forward(new Batch { Count = 2, Inputs = inputs, Classes = [0, 1] })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "expected none, because no layer of Heads has use for them and its output is 13 and not (time, features)",
            Assert.Throws<ArgumentException>(() => network.Forward(new Batch { Count = 2, Inputs = inputs, Targets = new float[26], Lengths = [1, 1] })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "which take 13 targets a sample; the data set has classes",
            Assert.Throws<ArgumentException>(() => new Trainer<Heads>(network, new Adam()).Fit(classes)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "use FromPredictions",
            Assert.Throws<ArgumentException>(() => ClassificationReport.Evaluate(network, classes)).Message, StringComparison.Ordinal);
    }

    /// <summary>The digit is the place of the largest of the first ten features, and the slant is the first three.</summary>
    private static (float[] Inputs, float[] Targets) Data(int samples)
    {
        float[] inputs = Numbers.Of(samples * Heads.InputSize);
        float[] targets = new float[samples * Heads.OutputSize];
        for (int sample = 0; sample < samples; sample++)
        {
            Span<float> features = inputs.AsSpan(sample * Heads.InputSize, Heads.InputSize);
            Span<float> target = targets.AsSpan(sample * Heads.OutputSize, Heads.OutputSize);
            Span<float> digit = target[Heads.DigitRange];
            float[] first = features[..digit.Length].ToArray();
            digit[Array.IndexOf(first, first.Max())] = 1;
            features[..3].CopyTo(target[Heads.SlantRange]);
        }
        return (inputs, targets);
    }

    private static (float[] Losses, int[] Parameters) Train(int threads, bool together)
    {
        NetGenRuntime.Threads = threads;
        Heads network = new(seed: 1);
        Adam optimizer = new(1e-3f);
        List<float> losses = [];
        foreach (int samples in new[] { 64, Samples, 300, 3 })
        {
            (float[] inputs, float[] targets) = Data(samples);
            if (together)
            {
                losses.Add(network.TrainStep(inputs, targets, optimizer));
                continue;
            }
            losses.Add(network.Forward(inputs, targets));
            network.Backward();
            optimizer.Step(network);
        }
        return ([.. losses], Numbers.Bits(network.Parameters));
    }
}
