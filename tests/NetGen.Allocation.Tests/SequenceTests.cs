namespace NetGen.Allocation.Tests;

public sealed class SequenceTests
{
    private const int Steps = 20;

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<int> lengths);

    public static TheoryData<string, int, bool> Cases => [.. from name in Networks.Keys from threads in new[] { 1, 3 } from lengths in new[] { false, true } select (name, threads, lengths)];

    private static readonly Dictionary<string, (ITrainable Network, Prediction Predict)> Networks = new()
    {
        [nameof(EverySequenceLayer)] = Of(new EverySequenceLayer(seed: 1), network => network.Predict),
        [nameof(LstmNet)] = Of(new LstmNet(seed: 1), network => network.Predict),
        [nameof(CarryingNet)] = Of(new CarryingNet(seed: 1), network => network.Predict),
        [nameof(GruNet)] = Of(new GruNet(seed: 1), network => network.Predict),
        [nameof(BothWaysNet)] = Of(new BothWaysNet(seed: 1), network => network.Predict),
        [nameof(TransformerNet)] = Of(new TransformerNet(seed: 1), network => network.Predict),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_and_steps_over_sequences_allocate_nothing_on_any_thread(string name, int threads, bool withLengths)
    {
        (ITrainable network, Prediction predict) = Networks[name];
        NetworkInfo info = network.Info;
        int samples = threads == 1 ? 5 : 256, time = info.SequenceLength;
        float[] inputs = Numbers.Of(info, samples);
        int[] classes = [.. Enumerable.Range(0, samples * info.ClassesPerSample).Select(i => i % 3)];
        int[] lengths = withLengths ? [.. Enumerable.Range(0, samples).Select(i => 1 + (5 * i) % time)] : [];
        float[] outputs = new float[samples * info.OutputSize];
        Adam optimizer = new(1e-3f);
        (network as IStateful)?.ResetStates();
        int before = NetGenRuntime.Threads;
        NetGenRuntime.Threads = threads;
        Assert.True(threads == 1 || CompilerServices.WorkSharing.Workers(samples, 3 * info.Flops) == threads, "too small to be shared");

        Assert.Equal(0, AllocatedBytes.During(() =>
        {
            Batch batch = new() { Count = samples, Inputs = inputs, Classes = classes, Lengths = lengths };
            for (int step = 0; step < Steps / threads; step++)
            {
                network.Forward(batch);
                network.Backward();
                network.TrainStep(batch, optimizer);
                network.Evaluate(batch, outputs);
                network.Predict(inputs, outputs);
                predict(inputs, outputs, lengths);
            }
        }));
        NetGenRuntime.Threads = before;
    }

    private static (ITrainable, Prediction) Of<TNetwork>(TNetwork network, Func<TNetwork, Prediction> predict)
        where TNetwork : ITrainable => (network, predict(network));
}
