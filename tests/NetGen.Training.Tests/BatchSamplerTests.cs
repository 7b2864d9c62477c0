namespace NetGen.Training.Tests;

public sealed class BatchSamplerTests
{
    [Theory]
    [InlineData(10, 3, new[] { 3, 3, 3, 1 })]
    [InlineData(10, 5, new[] { 5, 5 })]
    [InlineData(10, 64, new[] { 10 })]
    [InlineData(1, 1, new[] { 1 })]
    public void Every_sample_comes_exactly_once_an_epoch(int count, int batchSize, int[] sizes)
    {
        BatchSampler sampler = new(Samples.OfLine(count), batchSize);

        Assert.Equal(sizes.Length, sampler.BatchesPerEpoch);
        for (long epoch = 0; epoch < 5; epoch++)
        {
            (List<int> numbers, List<int> batchSizes) = Run(sampler, seed: 1, epoch);
            Assert.Equal(Enumerable.Range(0, count), numbers.Order());
            Assert.Equal(sizes, batchSizes);
        }
    }

    [Fact]
    public void The_last_smaller_batch_is_left_out_when_asked()
    {
        BatchSampler sampler = new(Samples.OfLine(10), 4, dropLast: true);
        (List<int> numbers, List<int> sizes) = Run(sampler, seed: 1, epoch: 0);

        Assert.Equal([4, 4], sizes);
        Assert.Equal(8, sampler.SamplesPerEpoch);
        Assert.Equal(8, numbers.Distinct().Count());
        Assert.NotEqual(numbers.Order(), Run(sampler, seed: 1, epoch: 1).Numbers.Order());
    }

    [Theory]
    [InlineData(10, 3, new[] { 0, 3, 6, 1, 4, 7, 2, 5, 8 })]
    [InlineData(6, 2, new[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(3, 1, new[] { 0, 1, 2 })]
    [InlineData(2, 5, new[] { 0, 1 })]
    public void Consecutive_samples_follow_each_other_in_each_place_of_the_batch(int count, int batchSize, int[] order)
    {
        BatchSampler sampler = new(Samples.OfLine(count), batchSize, consecutive: true);
        foreach (long epoch in new[] { 0, 1 })
        {
            (List<int> numbers, List<int> sizes) = Run(sampler, seed: 1, epoch);
            Assert.Equal(order, numbers);
            Assert.All(sizes, size => Assert.Equal(sampler.BatchSize, size));
        }
        Assert.Equal(order.Length, sampler.SamplesPerEpoch);
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch_only()
    {
        BatchSampler sampler = new(Samples.OfLine(50), 8);
        List<int> first = Run(sampler, seed: 1, epoch: 3).Numbers;

        Assert.NotEqual(first, Run(sampler, seed: 1, epoch: 4).Numbers);
        Assert.NotEqual(first, Run(sampler, seed: 2, epoch: 3).Numbers);
        Assert.NotEqual(first, Run(sampler, seed: 3, epoch: 1).Numbers);
        Assert.Equal(first, Run(sampler, seed: 1, epoch: 3).Numbers);
        Assert.Equal(first, Run(new BatchSampler(Samples.OfLine(50), 8), seed: 1, epoch: 3).Numbers);
    }

    [Fact]
    public void Rows_keep_their_class_target_and_weight()
    {
        Dataset classes = Dataset.FromArrays([0, 1, 2, 3, 4], 1, [0, 1, 0, 1, 0], weights: [1, 2, 3, 4, 5]);
        foreach (Batch batch in new BatchSampler(classes, 2).Epoch(seed: 1, epoch: 0))
        {
            Assert.True(batch.Targets.IsEmpty);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal((int)batch.Inputs[i] % 2, batch.Classes[i]);
                Assert.Equal(batch.Inputs[i] + 1, batch.Weights[i]);
            }
            Assert.Equal(batch.Count, batch.Classes.Length);
            Assert.Equal(batch.Count, batch.Weights.Length);
        }
        foreach (Batch batch in new BatchSampler(Samples.OfLine(5), 2).Epoch(seed: 1, epoch: 0))
        {
            Assert.True(batch.Classes.IsEmpty);
            Assert.True(batch.Weights.IsEmpty);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal(2 * batch.Inputs[i] + 1, batch.Targets[i]);
            }
        }
    }

    [Fact]
    public void An_epoch_without_a_batch_is_refused()
    {
        Assert.Contains("no samples", Assert.Throws<ArgumentException>(() => new BatchSampler(Samples.OfLine(0), 1)).Message);
        Assert.Contains("Take batches of at most 3", Assert.Throws<ArgumentException>(() => new BatchSampler(Samples.OfLine(3), 4, dropLast: true)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchSampler(Samples.OfLine(3), 0));
    }

    private static (List<int> Numbers, List<int> Sizes) Run(BatchSampler sampler, long seed, long epoch)
    {
        List<int> numbers = [];
        List<int> sizes = [];
        foreach (Batch batch in sampler.Epoch(seed, epoch))
        {
            numbers.AddRange(Samples.Numbers(batch.Inputs, 1));
            sizes.Add(batch.Count);
        }
        return (numbers, sizes);
    }
}
