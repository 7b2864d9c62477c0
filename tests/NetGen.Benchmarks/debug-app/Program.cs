using NetGen;
using NetGen.Benchmarks;
using NetGen.Benchmarks.Peers;

// NetGen as a peer of itself: the same networks, in an app that is built in another configuration.
NetGenRuntime.Threads = 1;
return NativePeerHost.Run(() => new App());

/// <summary>Networks of this app, called as a user's program calls them.</summary>
internal sealed class App : INativePeer
{
    public string Version => $"{typeof(INetwork).Assembly.GetName().Version}";

    public IEnumerable<string> Variants(Work work) => [NativePeerHost.OnlyVariant];

    public Action<int> Prepare(Work work, string variant) => work switch
    {
        Prediction { Batch: 1 } prediction when $"{prediction.Layers}" == "4-16-16-3" => Predict(new TinyPredictor()),
        Prediction { Batch: 1 } prediction when $"{prediction.Layers}" == "784-128-10" => Predict(new SmallPredictor()),
        Training training when $"{training.Layers}" == "4-16-16-3" => Train(new TinyClassifier(), training.Batch),
        Training training when $"{training.Layers}" == "784-512-512-10" => Train(new MediumClassifier(), training.Batch),
        _ => throw new PeerException($"this app has no network for '{work}'"),
    };

    private static Action<int> Predict(INetwork net)
    {
        float[] input = new float[net.Info.InputSize], output = new float[net.Info.OutputSize];
        return repetitions =>
        {
            while (repetitions-- > 0) net.Predict(input, output);
        };
    }

    private static Action<int> Train(ITrainable net, int batch)
    {
        float[] inputs = new float[batch * net.Info.InputSize];
        int[] classes = new int[batch];
        SGD sgd = new(1e-4f);
        net.Reserve(batch);
        return repetitions =>
        {
            while (repetitions-- > 0) net.TrainStep(new Batch { Count = batch, Inputs = inputs, Classes = classes }, sgd);
        };
    }
}
