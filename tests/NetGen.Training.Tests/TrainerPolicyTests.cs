namespace NetGen.Training.Tests;

public sealed class TrainerPolicyTests
{
    [Fact]
    public void Looking_at_gradients_before_each_step_gives_the_same_bits()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        Assert.Equal(Train(NonFinitePolicy.Stop, data).Network.Parameters.ToArray(), Train(NonFinitePolicy.SkipBatch, data).Network.Parameters.ToArray());
    }

    [Fact]
    public void A_batch_that_is_not_finite_is_skipped_and_changes_nothing()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        (PointNet network, TrainingHistory history) = Train(NonFinitePolicy.SkipBatch, data, spoil: 4);

        Assert.All(history, result => Assert.Equal(1, result.SkippedBatches));
        Assert.All(history, result => Assert.True(double.IsFinite(result.TrainingLoss)));
        Assert.True(StepGuard.AllFinite(network.Parameters));
        Assert.True(StepGuard.AllFinite(network.State));
        Assert.Equal(4 * 6, network.StepCount);
    }

    [Fact]
    public void Training_in_which_every_batch_is_skipped_ends()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Train(NonFinitePolicy.SkipBatch, data, spoil: 1));
        Assert.StartsWith("All 6 batches of epoch 1 were skipped", exception.Message);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_told_from_the_batch_that_made_it_so()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Train(NonFinitePolicy.Stop, data, spoil: 1));
        Assert.Contains("epoch 1, batch 1 of 6: the batch's inputs hold NaN: 5 of 10 numbers, the first in sample 0. ", exception.Message);
    }

    [Fact]
    public void The_layer_that_is_not_finite_is_named_and_the_network_left_as_it_was()
    {
        WidePointNet network = new(seed: 1);
        network.Import("dense2.weight", [.. Enumerable.Repeat(float.MaxValue, 27)]);
        float[] before = network.Parameters.ToArray();
        Trainer<WidePointNet> trainer = new(network, new Adam()) { NonFinite = NonFinitePolicy.Locate };
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples.OfClasses(9, 10, 11)));

        Assert.Matches(@"in epoch 1, batch 1 of 1: the output of dense2 holds .* The network is as the step before left it", exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Equal(0, network.StepCount);
    }

    [Fact]
    public void One_batch_is_learned_over_and_over()
    {
        Dataset data = Samples.OfClasses(9, 10, 11);
        WidePointNet network = new(seed: 1);
        TrainingHistory history = new Trainer<WidePointNet>(network, new Adam(1e-1f)) { Epochs = 100, BatchSize = 5, OverfitOneBatch = true }.Fit(data);

        Assert.Equal(100, network.StepCount);
        Assert.True(history[^1].TrainingLoss < 0.01);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3 }, true)]
    [InlineData(new float[] { 1, float.NaN, 3 }, false)]
    [InlineData(new float[] { 1, 2, float.NegativeInfinity }, false)]
    [InlineData(new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, float.PositiveInfinity }, false)]
    [InlineData(new float[] { 0, float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, false)]
    [InlineData(new float[] { float.MaxValue, float.MaxValue, float.MaxValue, float.MaxValue, float.MaxValue, float.MaxValue, float.MaxValue, float.MaxValue }, true)]
    public void Numbers_that_are_not_finite_are_found(float[] values, bool finite) => Assert.Equal(finite, StepGuard.AllFinite(values));

    /// <param name="policy">What happens to batches that are not finite.</param>
    /// <param name="data">What is learned.</param>
    /// <param name="spoil">Which batch of each epoch is spoilt, 1 for all, 0 for none.</param>
    private static (PointNet Network, TrainingHistory History) Train(NonFinitePolicy policy, Dataset data, int spoil = 0)
    {
        PointNet network = new(seed: 1);
        Trainer<PointNet> trainer = new(network, new Adam())
        {
            Epochs = 4,
            BatchSize = 5,
            NonFinite = policy,
            Augmentation = new Spoiling(network, spoil),
        };
        return (network, trainer.Fit(data));
    }

    /// <summary>Puts NaN into all samples of the batch of that number, from 1, in each epoch of six; into all batches for 1.</summary>
    private sealed class Spoiling(PointNet network, int each) : IAugmentation
    {
        public void Check(NetworkInfo info)
        {
        }

        public void Apply(Span<float> sample, NetworkInfo info, ref SplitMix64 random)
        {
            if (each == 1 || (each > 0 && network.StepCount % 6 == each - 1))
            {
                sample[1] = float.NaN;
            }
        }
    }
}
