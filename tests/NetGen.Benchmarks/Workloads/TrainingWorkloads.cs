using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>TrainStep of generated networks, on one batch over and over.</summary>
internal static class TrainingWorkloads
{
    // So small that the millionth step finds the numbers of the first: a network that has learnt the batch by heart has gradients of nothing but denormals.
    private const float SgdRate = 1e-4f;
    private const float AdamRate = 1e-6f;

    private static readonly Layers Medium = new(784, 512, 512, 10);

    public static IEnumerable<Workload> All =>
    [
        new("train", "train-784-512-512-10", new Training(Medium, 64, Update.SGD), () => Run(new MediumClassifier(), 64, Update.SGD))
        {
            Peers = [PeerTable.PyTorch, PeerTable.PyTorchByHand],
            Threads = [1, 2],
            Targets =
            [
                new ShareOfPeak(0.9),
                new Ratio(1.35, PeerTable.PyTorch),
                new Ratio(1.55, PeerTable.PyTorch) { Threads = 2 },
                new Scaling(1.8) { Threads = 2 },
            ],
        },
        new("train", "train-784-512-512-10-adam", new Training(Medium, 64, Update.Adam), () => Run(new MediumClassifier(), 64, Update.Adam))
        {
            Peers = [PeerTable.PyTorch],
            Threads = [1, 2],
            Targets = [new Ratio(1.4, PeerTable.PyTorch), new Ratio(1.4, PeerTable.PyTorch) { Threads = 2 }],
        },
        new("train", "train-4-16-16-3", new Training(new(4, 16, 16, 3), 32, Update.SGD), () => Run(new TinyClassifier(), 32, Update.SGD))
        {
            Peers = [PeerTable.PyTorch, PeerTable.PyTorchByHand],
            Targets = [new Ratio(100, PeerTable.PyTorch)],
        },
    ];

    private static Action<int> Run(ITrainable net, int batch, Update update)
    {
        net.Reserve(batch);
        Optimizer optimizer = update == Update.SGD ? new SGD(SgdRate) : new Adam(AdamRate);
        AlignedBuffer inputs = Numbers.Random(batch * net.Info.InputSize, 1);
        int[] classes = [.. Enumerable.Range(0, batch).Select(i => i % net.Info.OutputSize)];
        return repetitions =>
        {
            while (repetitions-- > 0) net.TrainStep(new Batch { Count = batch, Inputs = inputs.Span, Classes = classes }, optimizer);
        };
    }
}
