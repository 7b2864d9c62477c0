using NetGen.Training;

namespace NetGen.Allocation.Tests;

public sealed class TrainerTests
{
    private const int Epochs = 5;
    private const int Count = 47;
    private const int BatchSize = 8;

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_classes_and_validation() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        float[] features = Numbers.Of(Count * EveryLayer.InputSize);
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        var (train, validation) = Dataset.FromArrays(features, EveryLayer.InputSize, classes).Split(0.7, 0.3, seed: 1);
        return AfterTheFirstEpoch(new EveryLayer(), new Adam(1e-3f), train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_targets_and_weights() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        float[] features = Numbers.Of(Count * SigmoidNet.InputSize);
        float[] targets = [.. Numbers.Of(Count * SigmoidNet.OutputSize).Select(Math.Abs)];
        float[] weights = [.. Enumerable.Range(1, Count).Select(i => (float)i)];
        Dataset data = Dataset.FromArrays(features, SigmoidNet.InputSize, targets, SigmoidNet.OutputSize, weights);
        var (train, validation) = data.Split(0.7, 0.3, seed: 1);
        return AfterTheFirstEpoch(new SigmoidNet(), new SGD(1e-3f) { Momentum = 0.9f }, train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_augmentation_schedule_and_time_limit() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        Dataset train = Dataset.FromArrays(Numbers.Of(Count * ImageNet.InputSize), ImageNet.InputSize, classes);
        SGD optimizer = new(1e-2f) { Momentum = 0.9f };
        return AfterTheFirstEpoch(new Trainer<ImageNet>(new ImageNet(), optimizer)
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Augmentation = new ImageAugmentation { Shift = 2, Flip = true },
            Schedule = new Warmup(0.2, new CosineDecay()),
            TimeLimit = TimeSpan.FromHours(1),
        }, train, validation: null);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_prefetching_mixing_and_every_augmentation() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        Dataset train = Dataset.FromArrays(Numbers.Of(Count * ImageNet.InputSize), ImageNet.InputSize, classes);
        return AfterTheFirstEpoch(new Trainer<ImageNet>(new ImageNet(), new SGD(1e-2f))
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Prefetch = true,
            MixUp = 0.2f,
            Augmentation = new AugmentationChain(new ImageAugmentation { Shift = 1, Flip = true, Rotate = 10, CutOut = 2 }, new Noise(0.1f)),
        }, train, validation: null);
    }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Epochs_after_the_first_allocate_nothing_on_mapped_data(bool prefetch)
    {
        string path = Path.Combine(Path.GetTempPath(), $"netgen-allocation-{Guid.NewGuid():N}");
        WriteNpy($"{path}-x.npy", "<f4", [Count, SquaredNet.InputSize], Numbers.Of(Count * SquaredNet.InputSize));
        WriteNpy($"{path}-y.npy", "<f4", [Count, SquaredNet.OutputSize], Numbers.Of(Count * SquaredNet.OutputSize));
        try
        {
            using MappedArray features = MappedArray.Open($"{path}-x.npy");
            Dataset train = Dataset.FromArrays(features, NpyArray.Read($"{path}-y.npy"));
            Assert.Equal(0, AllocatedBytes.Least(() => AfterTheFirstEpoch(
                new Trainer<SquaredNet>(new SquaredNet(), new Adam(1e-3f)) { Epochs = Epochs, BatchSize = BatchSize, Prefetch = prefetch }, train, validation: null)));
        }
        finally
        {
            File.Delete($"{path}-x.npy");
            File.Delete($"{path}-y.npy");
        }
    }

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_accumulation_clipping_averaging_and_groups() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        var (train, validation) = Dataset.FromArrays(Numbers.Of(Count * ImageNet.InputSize), ImageNet.InputSize, classes).Split(0.7, 0.3, seed: 1);
        AdamW optimizer = new(1e-3f)
        {
            AccumulationSteps = 3,
            ClipNorm = 1,
            ClipValue = 0.5f,
            AverageDecay = 0.99f,
            L1Penalty = 1e-4f,
            Groups = [new("*.bias") { LearningRateFactor = 2 }, new("conv2d1.*") { Frozen = true }],
        };
        return AfterTheFirstEpoch(new ImageNet(), optimizer, train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_sequences_of_different_lengths() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        float[] targets = Numbers.Of(Count * StepsNet.OutputSize);
        int[] lengths = [.. Enumerable.Range(0, Count).Select(i => 1 + i % 4)];
        var (train, validation) = Dataset.FromArrays(Numbers.Of(Count * StepsNet.InputSize), StepsNet.InputSize, targets, StepsNet.OutputSize, lengths: lengths).Split(0.7, 0.3, seed: 1);
        return AfterTheFirstEpoch(new StepsNet(), new Adam(1e-3f), train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_of_pairs_and_of_triplets()
    {
        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            Dataset pairs = Dataset.FromArrays(Numbers.Of(Count * PairNet.InputSize), PairNet.InputSize, [.. Enumerable.Range(0, Count).Select(i => (float)(i % 2))], targetCount: 1);
            var (train, validation) = pairs.Split(0.7, 0.3, seed: 1);
            return AfterTheFirstEpoch(new PairNet(), new Adam(1e-3f), train, validation);
        }));
        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            Dataset triplets = Dataset.FromArrays(Numbers.Of(Count * TripletNet.InputSize), TripletNet.InputSize, targets: [], targetCount: 0);
            var (train, validation) = triplets.Split(0.7, 0.3, seed: 1);
            return AfterTheFirstEpoch(new TripletNet(), new Adam(1e-3f), train, validation);
        }));
    }

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_early_stopping_an_observer_and_batches_looked_at() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        var (train, validation) = Dataset.FromArrays(Numbers.Of(Count * ImageNet.InputSize), ImageNet.InputSize, classes).Split(0.7, 0.3, seed: 1);
        Trainer<ImageNet> trainer = new(new ImageNet(), new Adam(1e-3f))
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            EarlyStopping = new EarlyStopping(patience: Epochs),
            NonFinite = NonFinitePolicy.SkipBatch,
        };
        trainer.Observers.Add(new Counter());
        return AfterTheFirstEpoch(trainer, train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_with_metrics() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        var (train, validation) = Dataset.FromArrays(Numbers.Of(Count * ImageNet.InputSize), ImageNet.InputSize, classes).Split(0.7, 0.3, seed: 1);
        Trainer<ImageNet> trainer = new(new ImageNet(), new Adam(1e-3f))
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            EarlyStopping = new EarlyStopping(patience: Epochs),
            Score = result => -result.Metrics["ROC-AUC"],
        };
        trainer.Metrics.Add(new F1Score(3));
        trainer.Metrics.Add(new RocAuc(3));
        return AfterTheFirstEpoch(trainer, train, validation);
    }));

    [Fact]
    public void Epochs_after_the_first_allocate_nothing_where_one_batch_is_learned() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        Dataset train = Dataset.FromArrays(Numbers.Of(Count * SquaredNet.InputSize), SquaredNet.InputSize, Numbers.Of(Count * SquaredNet.OutputSize), SquaredNet.OutputSize);
        return AfterTheFirstEpoch(new Trainer<SquaredNet>(new SquaredNet(), new Adam(1e-3f)) { Epochs = Epochs, BatchSize = BatchSize, OverfitOneBatch = true }, train, validation: null);
    }));

    // Checkpoints lie outside the loop: one that is due only at the end costs the epochs before nothing.
    [Fact]
    public void Epochs_after_the_first_allocate_nothing_while_no_checkpoint_is_due() => Assert.Equal(0, AllocatedBytes.Least(() =>
    {
        string folder = Directory.CreateTempSubdirectory("netgen-allocation-").FullName;
        Dataset train = Dataset.FromArrays(Numbers.Of(Count * SquaredNet.InputSize), SquaredNet.InputSize, Numbers.Of(Count * SquaredNet.OutputSize), SquaredNet.OutputSize);
        Trainer<SquaredNet> trainer = new(new SquaredNet(), new Adam(1e-3f))
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Checkpoints = new Checkpoints(folder) { Every = TimeSpan.FromDays(1) },
        };
        long bytes = AfterTheFirstEpoch(trainer, train, validation: null);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }));

    [Fact]
    public void One_object_an_epoch_is_seen() => Assert.Equal((Epochs - 1) * 24, AllocatedBytes.Least(() =>
    {
        float[] features = Numbers.Of(Count * SquaredNet.InputSize);
        Dataset train = Dataset.FromArrays(features, SquaredNet.InputSize, Numbers.Of(Count * SquaredNet.OutputSize), SquaredNet.OutputSize);
        WastefulOptimizer optimizer = new(new BatchSampler(train, BatchSize).BatchesPerEpoch);
        return AfterTheFirstEpoch(new SquaredNet(), optimizer, train, validation: null);
    }));

    private static long AfterTheFirstEpoch<TNetwork>(TNetwork network, Optimizer optimizer, Dataset train, Dataset? validation)
        where TNetwork : ITrainable =>
        AfterTheFirstEpoch(new Trainer<TNetwork>(network, optimizer) { Epochs = Epochs, BatchSize = BatchSize }, train, validation);

    /// <summary>Bytes from the end of the first epoch to the end of the last, in which steps, shuffling, validation and history lie.</summary>
    private static long AfterTheFirstEpoch<TNetwork>(Trainer<TNetwork> trainer, Dataset train, Dataset? validation)
        where TNetwork : ITrainable
    {
        long[] atTheEnd = new long[Epochs];
        trainer.Callbacks.Add((in result, _) => atTheEnd[result.Epoch - 1] = AllocatedBytes.Now());
        trainer.Fit(train, validation);
        return atTheEnd[^1] - atTheEnd[0];
    }

    private static void WriteNpy(string path, string type, int[] shape, float[] values)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}), }}".PadRight(117) + "\n";
        byte[] elements = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. elements]);
    }

    /// <summary>Sees every step.</summary>
    private sealed class Counter : TrainingObserver
    {
        public double Sum { get; private set; }

        public override void Step(in StepResult result, TrainingContext context) => Sum += result.Loss;

        public override void Epoch(in EpochResult result, TrainingContext context) => Sum += result.TrainingLoss;
    }

    /// <summary>Allocates one object an epoch.</summary>
    private sealed class WastefulOptimizer(int stepsPerEpoch) : Optimizer(learningRate: 0)
    {
        private int _step;

        public object? Wasted { get; private set; }

        protected override void Begin(int parameterFloats)
        {
            if (_step++ % stepsPerEpoch == 0)
            {
                Wasted = new object();
            }
        }

        protected override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
        {
        }
    }
}
