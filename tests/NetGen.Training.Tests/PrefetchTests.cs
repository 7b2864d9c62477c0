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
    public void What_an_augmentation_throws_reaches_the_caller() =>
        Assert.Contains("no more", Assert.Throws<InvalidOperationException>(() => new Trainer<LinearNetwork>(new LinearNetwork(2, 2), new Descent { LearningRate = 0.1f })
        {
            BatchSize = 4,
            Prefetch = true,
            Augmentation = new Failing(),
        }.Fit(Samples.OfClasses(9, 9), progress: ConsoleProgress.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mixed_samples_lie_between_two_and_so_do_their_targets()
    {
        // Feature and target of a sample are its number: a mixture has the same weight for both.
        float[] numbers = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        Dataset line = Dataset.FromArrays(numbers, 1, [.. numbers], 1);
        BatchSampler sampler = new(line, 10, dropLast: false, consecutive: false, prefetch: false, mixUp: 0.3f, outputSize: 1);
        int mixed = 0;
        foreach (Batch batch in sampler.Epoch(1, 0, new(null, null, Seed: 1, FirstStep: 0)))
        {
            Assert.Equal(batch.Inputs.ToArray(), batch.Targets.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
            mixed += batch.Inputs.ToArray().Count(x => x != MathF.Round(x));
        }
        Assert.InRange(mixed, 15, 30);

        BatchSampler classes = new(Samples.OfClasses(10, 10, 10), 30, dropLast: false, consecutive: false, prefetch: false, mixUp: 1, outputSize: 3);
        foreach (Batch batch in classes.Epoch(1, 0, new(null, null, Seed: 1, FirstStep: 0)))
        {
            Assert.True(batch.Classes.IsEmpty);
            for (int i = 0; i < batch.Count; i++)
            {
                float[] target = batch.Targets.Slice(3 * i, 3).ToArray();
                Assert.Equal(1, target.Sum(), 1e-6f);
                // At least half is the sample's own.
                Assert.InRange(target.Max(), 0.5f - 1e-6f, 1);
                // The second feature is ten times the class.
                Assert.Equal(10 * target[1] + 20 * target[2], batch.Inputs[2 * i + 1], 1e-4f);
            }
        }
    }

    [Fact]
    public void What_cannot_be_mixed_is_refused()
    {
        Trainer<LinearNetwork> trainer = new(new LinearNetwork(2, 2), new Descent { LearningRate = 0.1f }) { MixUp = 0.2f };
        Dataset sequences = Dataset.FromArrays([1, 2, 3, 4], 2, [0, 1, 0, 1], classesPerSample: 2);
        Assert.Throws<ArgumentException>(() => trainer.Fit(sequences));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<LinearNetwork>(new LinearNetwork(2, 2), new Descent { LearningRate = 0.1f }) { MixUp = 1.5f });
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
