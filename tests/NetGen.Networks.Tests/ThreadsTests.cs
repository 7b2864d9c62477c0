using NetGen.CompilerServices;

namespace NetGen.Networks.Tests;

/// <summary>Threads change how long things take, and nothing else.</summary>
[Collection("NetGenRuntime.Threads")]
public sealed class ThreadsTests : IDisposable
{
    private readonly int _threads = NetGenRuntime.Threads;

    public static TheoryData<string, string> Cases => [.. Networks.Keys.SelectMany(_ => Makers.Keys, (network, optimizer) => (network, optimizer))];

    private static readonly Dictionary<string, Func<ITrainable>> Networks = new()
    {
        [nameof(SharedNet)] = () => new SharedNet(seed: 1),
        [nameof(SharedImages)] = () => new SharedImages(seed: 1),
        [nameof(SharedRecurrences)] = () => new SharedRecurrences(seed: 1),
        [nameof(SharedTransformer)] = () => new SharedTransformer(seed: 1),
    };

    private static readonly Dictionary<string, Func<Optimizer>> Makers = new()
    {
        ["SGD"] = () => new SGD(0.05f),
        ["SGD with decay"] = () => new SGD(0.05f) { WeightDecay = 0.01f },
        ["SGD with momentum"] = () => new SGD(0.05f) { Momentum = 0.9f },
        ["Adam"] = () => new Adam(1e-3f),
        ["AdamW"] = () => new AdamW(1e-3f),
    };

    public void Dispose() => NetGenRuntime.Threads = _threads;

    [Fact]
    public void The_networks_of_these_tests_are_large_enough_to_be_shared()
    {
        NetGenRuntime.Threads = 4;
        Assert.All([SharedNet.Info, SharedRecurrences.Info, SharedTransformer.Info], network => Assert.Equal(4, WorkSharing.Workers(50, 3 * network.Flops)));
        Assert.Equal(1, WorkSharing.Workers(50, 100));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_number_of_threads_gives_the_same_bits(string network, string optimizer)
    {
        (float[] Losses, int[] Numbers) alone = Train(threads: 1, network, optimizer, together: true);
        foreach (int threads in new[] { 2, 3, 4 })
        {
            (float[] losses, int[] numbers) = Train(threads, network, optimizer, together: true);
            Assert.Equal(alone.Losses, losses);
            Assert.Equal(alone.Numbers, numbers);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TrainStep_gives_the_bits_of_Forward_Backward_and_Step(string network, string optimizer)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            (float[] losses, int[] numbers) = Train(threads, network, optimizer, together: false);
            (float[] Losses, int[] Numbers) together = Train(threads, network, optimizer, together: true);
            Assert.Equal(losses, together.Losses);
            Assert.Equal(numbers, together.Numbers);
        }
    }

    [Theory]
    [InlineData(nameof(SharedNet), 1000)]
    [InlineData(nameof(SharedNet), 157)]
    [InlineData(nameof(SharedRecurrences), 157)]
    [InlineData(nameof(SharedTransformer), 157)]
    public void Predictions_of_many_samples_have_the_same_bits_on_any_number_of_threads(string name, int samples)
    {
        ITrainable network = Networks[name]();
        float[] inputs = Numbers.For(network.Info, samples);
        int[] alone = Predict(1);
        foreach (int threads in new[] { 2, 3, 4 })
        {
            Assert.Equal(alone, Predict(threads));
        }

        int[] Predict(int threads)
        {
            NetGenRuntime.Threads = threads;
            float[] outputs = new float[samples * network.Info.OutputSize];
            network.Predict(inputs, outputs);
            return Numbers.Bits(outputs);
        }
    }

    [Fact]
    public void Unrolled_predictions_of_many_samples_have_the_same_bits_on_any_number_of_threads()
    {
        const int samples = 20_003;
        GlobalNet network = new(seed: 1);
        float[] inputs = Numbers.Of(samples * GlobalNet.InputSize);
        float[] alone = new float[samples * GlobalNet.OutputSize], shared = new float[alone.Length];
        for (int i = 0; i < samples; i++)
        {
            network.Predict(inputs.AsSpan(i * GlobalNet.InputSize, GlobalNet.InputSize), alone.AsSpan(i * GlobalNet.OutputSize, GlobalNet.OutputSize));
        }
        NetGenRuntime.Threads = 3;
        network.Predict(inputs, shared);
        Assert.Equal(Numbers.Bits(alone), Numbers.Bits(shared));
    }

    /// <summary>Steps over batches of several sizes, two of which do not divide evenly, and one of more samples than a chain of additions holds.</summary>
    /// <returns>The losses, and the bits of parameters and state.</returns>
    private static (float[] Losses, int[] Numbers) Train(int threads, string name, string optimizer, bool together)
    {
        NetGenRuntime.Threads = threads;
        ITrainable network = Networks[name]();
        Optimizer descent = Makers[optimizer]();
        List<float> losses = [];
        foreach (int samples in new[] { 64, 61, 50, 300, 3 })
        {
            NetworkInfo info = network.Info;
            int[] classes = [.. Enumerable.Range(0, samples * info.ClassesPerSample).Select(i => i % (info.OutputSize / info.ClassesPerSample))];
            int[] lengths = info.SequenceLength > 0 && samples % 2 == 0 ? [.. Enumerable.Range(0, samples).Select(i => 1 + (i % info.SequenceLength))] : [];
            Batch batch = new() { Count = samples, Inputs = Numbers.For(info, samples, samples), Classes = classes, Lengths = lengths };
            if (together)
            {
                losses.Add(network.TrainStep(batch, descent));
                continue;
            }
            losses.Add(network.Forward(batch));
            network.Backward();
            descent.Step(network);
        }
        return ([.. losses], [.. Numbers.Bits(network.Parameters), .. Numbers.Bits(network.State)]);
    }
}
