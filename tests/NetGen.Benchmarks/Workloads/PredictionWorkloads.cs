using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Predict of generated networks.</summary>
internal static class PredictionWorkloads
{
    private static readonly Layers Medium = new(784, 512, 512, 10);

    public static IEnumerable<Workload> All =>
    [
        // Called as itself and not through an interface, as in a user's program: at 10 ns a call the difference shows.
        new("predict", "predict-4-16-16-3", new Prediction(new(4, 16, 16, 3), 1), () =>
        {
            TinyPredictor net = new();
            AlignedBuffer input = Numbers.Random(TinyPredictor.InputSize, 1), output = new(TinyPredictor.OutputSize);
            return repetitions =>
            {
                ReadOnlySpan<float> x = input.Span;
                Span<float> y = output.Span;
                while (repetitions-- > 0) net.Predict(x, y);
            };
        })
        {
            Peers = [PeerTable.OnnxRuntime, PeerTable.PyTorch],
            Targets = [new Nanoseconds(12), new Ratio(120, PeerTable.OnnxRuntime)],
        },
        Create("predict-64-256-128-10", () => new DigitsPredictor(), new(new(64, 256, 128, 10), 1), 1.5),
        Create("predict-784-128-10", () => new SmallPredictor(), new(new(784, 128, 10), 1), 2.2),
        Create("predict-784-512-512-10", () => new MediumPredictor(), new(Medium, 1), 1.15),
        Create("predict-784-512-512-10-batch-64", () => new MediumPredictor(), new(Medium, 64), 1),
    ];

    private static Workload Create(string name, Func<INetwork> create, Prediction prediction, double ratio) =>
        new("predict", name, prediction, () => Run(create(), prediction.Batch))
        {
            Peers = [PeerTable.OnnxRuntime, PeerTable.PyTorch],
            Targets = [new Ratio(ratio, PeerTable.OnnxRuntime)],
        };

    private static Action<int> Run(INetwork net, int batch)
    {
        AlignedBuffer input = Numbers.Random(batch * net.Info.InputSize, 1), output = new(batch * net.Info.OutputSize);
        return repetitions =>
        {
            while (repetitions-- > 0) net.Predict(input.Span, output.Span);
        };
    }
}
