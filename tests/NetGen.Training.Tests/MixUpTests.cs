namespace NetGen.Training.Tests;

public sealed class MixUpTests
{
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
}
