namespace NetGen.Training.Tests;

/// <summary>Tests that count allocated bytes run alone.</summary>
[CollectionDefinition(nameof(AllocationCollection), DisableParallelization = true)]
public sealed class AllocationCollection;

[Collection(nameof(AllocationCollection))]
public sealed class AllocationTests
{
    [Fact]
    public void Epochs_after_the_first_allocate_nothing()
    {
        const int epochs = 8;
        (Dataset train, Dataset validation) = Samples.OfClasses(40, 43).Split(0.8, 0.2, seed: 1);
        LinearNetwork network = new(2, 2);
        Trainer<LinearNetwork> trainer = new(network, new Descent { LearningRate = 0.1f }) { Epochs = epochs, BatchSize = 8 };
        int batches = new BatchSampler(train, 8).BatchesPerEpoch;
        long[] allocated = new long[epochs * batches];
        network.Observe = (in _) => allocated[network.StepCount] = GC.GetAllocatedBytesForCurrentThread();
        trainer.Fit(train, validation, ConsoleProgress.None);

        // From the second epoch's first batch to the last epoch's last: shuffling, gathering, steps, validation and history lie in between.
        Assert.Equal(0, allocated[^1] - allocated[batches]);
        Assert.True(allocated[0] > 0);
    }

    [Fact]
    public void Drawing_a_token_allocates_nothing()
    {
        TokenSampler sampler = new(100, seed: 1) { Temperature = 0.7f, TopK = 50, TopP = 0.9f };
        float[] logits = [.. Enumerable.Range(0, 100).Select(i => MathF.Sin(i))];
        sampler.Next(logits);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sampler.Next(logits);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Epochs_over_sequences_with_lengths_allocate_nothing_after_the_first()
    {
        const int epochs = 4;
        Dataset data = Dataset.FromTexts([.. Enumerable.Range(0, 20).Select(i => new int[i % 4 + 2])], time: 4, ["a", "b", "c", "d", "e"]);
        NextToken net = new(seed: 1);
        Trainer<NextToken> trainer = new(net, new SGD()) { Epochs = epochs, BatchSize = 8 };
        long[] allocated = new long[epochs];
        trainer.Callbacks.Add((in result, _) => allocated[result.Epoch - 1] = GC.GetAllocatedBytesForCurrentThread());
        trainer.Fit(data, data, ConsoleProgress.None);

        Assert.Equal([allocated[0], allocated[0], allocated[0]], allocated[1..]);
    }
}
