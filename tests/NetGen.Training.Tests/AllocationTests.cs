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
}
