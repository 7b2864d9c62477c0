using NetGen.Training;

namespace NetGen.Networks.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bits_after_training() => Assert.Equal(Train(seed: 1), Train(seed: 1));

    [Fact]
    public void Other_seeds_give_other_bits()
    {
        Assert.NotEqual(Train(seed: 1), Train(seed: 2));
        Assert.NotEqual(Train(seed: 1), Train(seed: -1));
        Assert.NotEqual(Train(seed: 1, order: 1), Train(seed: 1, order: 2));
    }

    [Fact]
    public void The_default_seed_is_0() => Assert.Equal(Numbers.Bits(new Classifier(seed: 0).Parameters), Numbers.Bits(new Classifier().Parameters));

    [Fact]
    public void The_seed_alone_decides_what_dropout_drops()
    {
        float[] inputs = Numbers.Of(20 * Classifier.InputSize);
        int[] classes = [.. Enumerable.Range(0, 20).Select(i => i % 3)];

        Assert.Equal(LossOf(seed: 1, step: 0), LossOf(seed: 1, step: 0));
        Assert.NotEqual(LossOf(seed: 1, step: 0), LossOf(seed: 2, step: 0));
        Assert.NotEqual(LossOf(seed: 1, step: 0), LossOf(seed: 1, step: 1));

        float LossOf(long seed, long step)
        {
            // The parameters of one network, so that only what is dropped differs.
            Classifier network = new(seed) { StepCount = step };
            new Classifier(seed: 9).Parameters.CopyTo(network.Parameters);
            return network.Forward(inputs, classes);
        }
    }

    [Fact]
    public void Neither_the_thread_nor_the_garbage_collector_change_the_bits()
    {
        int[] expected = Train(seed: 1);
        int[][] actual = new int[4][];
        using CancellationTokenSource done = new();
        Thread collector = new(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                Thread.Sleep(1);
            }
        });
        Thread[] trainers = [.. Enumerable.Range(0, actual.Length).Select(i => new Thread(() => actual[i] = Train(seed: 1)))];
        collector.Start();
        Array.ForEach(trainers, thread => thread.Start());
        Array.ForEach(trainers, thread => thread.Join());
        done.Cancel();
        collector.Join();

        Assert.All(actual, bits => Assert.Equal(expected, bits));
    }

    [Fact]
    public void Predictions_from_8_threads_on_one_instance_are_those_of_one()
    {
        const int samples = 1000;
        Regressor network = new(seed: 1);
        float[] inputs = Numbers.Of(samples * Regressor.InputSize);
        int[] together = Numbers.Bits(Predict(network, inputs));
        int[] oneByOne = Numbers.Bits(OneByOne(network, inputs));
        List<int>[] wrong = [.. Enumerable.Range(0, 8).Select(_ => new List<int>())];
        using Barrier start = new(wrong.Length);
        Thread[] threads =
        [
            .. wrong.Select((mine, index) => new Thread(() =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 10; round++)
                {
                    // Different work at the same time: half of the threads take all samples at once, half one by one.
                    bool one = (index + round) % 2 == 0;
                    int[] bits = Numbers.Bits(one ? OneByOne(network, inputs) : Predict(network, inputs));
                    if (!bits.AsSpan().SequenceEqual(one ? oneByOne : together))
                    {
                        mine.Add(round);
                    }
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(wrong, Assert.Empty);
    }

    private static int[] Train(long seed, long? order = null)
    {
        var (train, validation) = Numbers.Classes(90).Split(0.8, 0.2, seed: 5);
        Classifier network = new(seed);
        new Trainer<Classifier>(network, new Adam(1e-2f)) { Epochs = 4, BatchSize = 8, Seed = order ?? seed }.Fit(train, validation);
        return [.. Numbers.Bits(network.Parameters), .. Numbers.Bits(network.State)];
    }

    private static float[] Predict(Regressor network, float[] inputs)
    {
        float[] outputs = new float[inputs.Length / Regressor.InputSize * Regressor.OutputSize];
        network.Predict(inputs, outputs);
        return outputs;
    }

    private static float[] OneByOne(Regressor network, float[] inputs)
    {
        float[] outputs = new float[inputs.Length / Regressor.InputSize * Regressor.OutputSize];
        for (int i = 0; i < inputs.Length / Regressor.InputSize; i++)
        {
            network.Predict(
                inputs.AsSpan(i * Regressor.InputSize, Regressor.InputSize), outputs.AsSpan(i * Regressor.OutputSize, Regressor.OutputSize));
        }
        return outputs;
    }
}
