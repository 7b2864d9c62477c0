namespace NetGen.Training.Tests;

/// <summary>Networks that learn distances: from pairs with one target, and from triplets with none.</summary>
public sealed class EmbeddingLossTests
{
    private const int Features = 6;
    private const int Kinds = 5;

    [Fact]
    public void A_siamese_network_learns_which_pairs_belong_together()
    {
        Random random = new(1);
        Dataset train = Pairs(400, random), test = Pairs(200, random);
        SameOrNot net = new(seed: 1);

        TrainingHistory history = new Trainer<SameOrNot>(net, new Adam(0.01f)) { Epochs = 30, BatchSize = 20 }.Fit(train, test);

        float[] output = new float[test.Count * SameOrNot.OutputSize];
        net.Predict(test.Features, output);
        int right = output.Chunk(SameOrNot.OutputSize).Zip(test.Targets.ToArray(), (row, same) => Distance(row, 0, 1) < 0.5 == (same == 1)).Count(isRight => isRight);
        Assert.True(right >= 0.95 * test.Count, $"{right} of {test.Count} pairs");
        Assert.True(history[^1].ValidationLoss < history[0].ValidationLoss / 3);
    }

    [Fact]
    public void A_network_learns_from_triplets_without_targets_what_is_nearer()
    {
        Random random = new(2);
        Dataset train = Triplets(400, random), test = Triplets(200, random);
        CloserTo net = new(seed: 1);

        new Trainer<CloserTo>(net, new Adam(0.01f)) { Epochs = 20, BatchSize = 20 }.Fit(train, test);

        float[] output = new float[test.Count * CloserTo.OutputSize];
        net.Predict(test.Features, output);
        int right = output.Chunk(CloserTo.OutputSize).Count(row => Distance(row, 0, 1) + 0.5 < Distance(row, 0, 2));
        Assert.True(right >= 0.95 * test.Count, $"{right} of {test.Count} triplets");
    }

    [Fact]
    public void A_step_on_triplets_needs_no_target()
    {
        Dataset data = Triplets(20, new Random(3));
        CloserTo net = new(seed: 1), other = new(seed: 1);

        float loss = net.TrainStep(data.Features, new SGD(0.1f));

        Assert.Equal(loss, other.TrainStep(data.Slice(0, data.Count), new SGD(0.1f)));
        Assert.Equal(other.Parameters, net.Parameters);
        Assert.Equal(net.Evaluate(data.Slice(0, data.Count), new float[20 * CloserTo.OutputSize]), net.Forward(data.Features), 1e-6f);
    }

    [Fact]
    public void Several_outputs_have_a_row_of_targets_of_their_own_layout()
    {
        Assert.Equal(1 + Kinds, PairAndKind.Info.TargetSize);
        Assert.Equal([0..1, 1..(1 + Kinds)], PairAndKind.Info.Outputs.Select(output => output.TargetRange));
        Assert.Equal([0..8, 8..(8 + Kinds)], PairAndKind.Info.Outputs.Select(output => output.Range));
        Assert.Equal((1, 0), (SameOrNot.Info.TargetSize, CloserTo.Info.TargetSize));
    }

    [Fact]
    public void Data_with_other_targets_than_the_loss_takes_is_refused()
    {
        Dataset classes = Dataset.FromArrays(new float[24], 12, [0, 1]), wide = Dataset.FromArrays(new float[24], 12, new float[16], 8);
        Dataset triplets = Dataset.FromArrays(new float[36], 18, new float[2], 1);

        Assert.Contains("Contrastive, which takes 1 target a sample; the data set has 8. Give it targetCount: 1.", Refusal(new Trainer<SameOrNot>(new(), new SGD(0.1f)), wide));
        Assert.Contains("Contrastive, which takes targets; the data set has classes.", Refusal(new Trainer<SameOrNot>(new(), new SGD(0.1f)), classes));
        Assert.Contains("Triplet, which takes no target a sample; the data set has 1. Give it targetCount: 0.", Refusal(new Trainer<CloserTo>(new(), new SGD(0.1f)), triplets));

        static string Refusal<TNetwork>(Trainer<TNetwork> trainer, Dataset data) where TNetwork : class, ITrainable =>
            Assert.Throws<ArgumentException>("train", () => trainer.Fit(data)).Message;
    }

    [Fact]
    public void A_report_of_embeddings_is_refused()
    {
        Dataset pairs = Pairs(4, new Random(1));
        Assert.Contains("gives embeddings", Assert.Throws<ArgumentException>("data", () => RegressionReport.Evaluate(new SameOrNot(), pairs)).Message);
    }

    private static double Distance(float[] row, int a, int b)
    {
        const int Size = 4;
        return Math.Sqrt(Enumerable.Range(0, Size).Sum(j => Math.Pow(row[(a * Size) + j] - row[(b * Size) + j], 2)));
    }

    private static Dataset Pairs(int count, Random random)
    {
        float[] same = [.. Enumerable.Range(0, count).Select(i => (float)(i % 2))];
        float[] features = [.. same.SelectMany(isSame =>
        {
            int kind = random.Next(Kinds);
            return (float[])[.. Sample(kind, random), .. Sample(isSame == 1 ? kind : Other(kind, random), random)];
        })];
        return Dataset.FromArrays(features, 2 * Features, same, targetCount: 1);
    }

    private static Dataset Triplets(int count, Random random) => Dataset.FromArrays(
        [.. Enumerable.Range(0, count).SelectMany(_ =>
        {
            int kind = random.Next(Kinds);
            return (float[])[.. Sample(kind, random), .. Sample(kind, random), .. Sample(Other(kind, random), random)];
        })],
        3 * Features, targets: [], targetCount: 0);

    private static int Other(int kind, Random random) => (kind + 1 + random.Next(Kinds - 1)) % Kinds;

    /// <summary>A sample of a kind: its corner, and noise.</summary>
    private static float[] Sample(int kind, Random random) => [.. Enumerable.Range(0, Features).Select(j => (j == kind ? 1 : 0) + (0.3f * (random.NextSingle() - 0.5f)))];
}

[Network]
[Input(6, Name = "left"), Input(6, Name = "right")]
[Repeat<PairEncoder>(1, From = "left", Name = "encoder"), Repeat<PairEncoder>(1, From = "right", Share = "encoder")]
[Concat("encoder"), Contrastive]
internal sealed partial class SameOrNot;

[Network]
[Input(6, Name = "anchor"), Input(6, Name = "positive"), Input(6, Name = "negative")]
[Repeat<PairEncoder>(1, From = "positive", Name = "near"), Repeat<PairEncoder>(1, From = "negative", Name = "far", Share = "near")]
[Repeat<PairEncoder>(1, From = "anchor", Share = "near"), Concat("near", "far"), Triplet]
internal sealed partial class CloserTo;

[Network]
[Input(6, Name = "left"), Input(6, Name = "right")]
[Repeat<PairEncoder>(1, From = "left", Name = "encoder"), Repeat<PairEncoder>(1, From = "right", Share = "encoder")]
[Concat("encoder"), Output("pair"), Contrastive]
[Dense(5, From = "encoder"), Output("kind"), SoftmaxCrossEntropy]
internal sealed partial class PairAndKind;

[Block, Dense(16), Tanh, Dense(4)] file class PairEncoder;
