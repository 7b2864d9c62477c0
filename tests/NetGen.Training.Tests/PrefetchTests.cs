namespace NetGen.Training.Tests;

public sealed class PrefetchTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.4f)]
    public void A_training_with_prefetching_gives_the_same_bits(bool consecutive, float mixUp)
    {
        float[] Trained(bool prefetch)
        {
            LinearNetwork network = new(4, 3, inputShape: new Shape(1, 2, 2));
            SplitMix64 random = new(seed: 7);
            float[] features = new float[4 * 50];
            for (int i = 0; i < features.Length; i++)
            {
                features[i] = (float)random.NextGaussian();
            }
            Dataset data = Dataset.FromArrays(features, 4, [.. Enumerable.Range(0, 50).Select(i => i % 3)]);
            if (consecutive)
            {
                network.Reserve(8);
                foreach (Batch batch in new BatchSampler(data, 8, consecutive: true, prefetch: prefetch).Epoch(1, 0))
                {
                    network.TrainStep(batch, new Descent { LearningRate = 0.1f });
                }
                return network.Parameters.ToArray();
            }
            new Trainer<LinearNetwork>(network, new Descent { LearningRate = 0.1f })
            {
                Epochs = 3,
                BatchSize = 8,
                Prefetch = prefetch,
                MixUp = mixUp,
                Augmentation = new AugmentationChain(new ImageAugmentation { Shift = 1, Flip = true }, new Noise(0.1f)),
            }.Fit(data, progress: ConsoleProgress.None);
            return network.Parameters.ToArray();
        }

        float[] parameters = Trained(prefetch: true);
        Assert.Contains(parameters, parameter => parameter != 0);
        Assert.Equal(Trained(prefetch: false), parameters);
    }

    [Fact]
    public void An_epoch_that_was_left_early_does_not_disturb_the_next()
    {
        Dataset data = Samples.OfLine(40);
        BatchSampler ahead = new(data, 8, prefetch: true);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            int taken = 0;
            foreach (Batch batch in ahead.Epoch(1, epoch))
            {
                if (taken++ == epoch % 5)
                {
                    break;
                }
            }
            BatchSampler plain = new(data, 8);
            List<int> expected = [], actual = [];
            foreach (Batch batch in plain.Epoch(2, epoch))
            {
                expected.AddRange(Samples.Numbers(batch.Inputs, 1));
            }
            foreach (Batch batch in ahead.Epoch(2, epoch))
            {
                actual.AddRange(Samples.Numbers(batch.Inputs, 1));
            }
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Nothing_is_under_way_after_a_loop_that_was_left_early()
    {
        Counting counting = new();
        BatchSampler sampler = new(Samples.OfLine(4000), 1000, dropLast: false, consecutive: false, prefetch: true, mixUp: 0, outputSize: 0);
        for (int round = 0; round < 20; round++)
        {
            foreach (Batch batch in sampler.Epoch(1, round, new(counting, new LinearNetwork(1, 1).Info, Seed: 1, FirstStep: 0)))
            {
                break;
            }
            int count = counting.Count;
            // A batch that was given up is whole or not begun.
            Assert.Equal(0, count % 1000);
            Thread.Yield();
            Assert.Equal(count, counting.Count);
        }
    }

    [Fact]
    public void What_an_augmentation_throws_reaches_the_caller() =>
        Assert.Contains("no more", Assert.Throws<InvalidOperationException>(() => new Trainer<LinearNetwork>(new LinearNetwork(2, 2), new Descent { LearningRate = 0.1f })
        {
            BatchSize = 4,
            Prefetch = true,
            Augmentation = new Failing(),
        }.Fit(Samples.OfClasses(9, 9), progress: ConsoleProgress.None)).Message, StringComparison.Ordinal);

    private sealed class Counting : IAugmentation
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Check(NetworkInfo network)
        {
        }

        public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random) => Interlocked.Increment(ref _count);
    }

    private sealed class Failing : IAugmentation
    {
        private int _left = 10;

        public void Check(NetworkInfo network)
        {
        }

        public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random)
        {
            if (Interlocked.Decrement(ref _left) < 0)
            {
                throw new InvalidOperationException("no more");
            }
        }
    }
}
