using NetGen.Benchmarks.Images;
using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>TrainStep of networks of sequences, with <see cref="AgreedNumbers"/>.</summary>
internal static class SequenceWorkloads
{
    // So small that the millionth step finds the numbers of the first, as in TrainingWorkloads.
    private const float Rate = 1e-4f;

    // As in peers/torch_sequences.py: losses of so many steps are compared, at a rate that lets each step be seen in the next.
    private const int ComparedSteps = 4;
    private const float ComparedRate = 0.1f;

    public static IEnumerable<Workload> All =>
    [
        Training("lstm-train", () => new LstmClassifier(), new RecurrentTraining("lstm", 128, 128, 64, 32), 32) with
        {
            Targets =
            [
                new Ratio(2.4, PeerTable.PyTorch),
                new ShareOfPeak(0.86),
                new Bytes(0),
                new Ratio(3.3, PeerTable.PyTorch) { Threads = 2 },
                new Bytes(0) { Threads = 2 },
            ],
        },
        Training("gru-train", () => new GruClassifier(), new RecurrentTraining("gru", 128, 128, 64, 32), 32) with
        {
            Targets = [new Ratio(2.5, PeerTable.PyTorch), new Bytes(0), new Bytes(0) { Threads = 2 }],
        },
        Training("gpt-train", () => new Gpt(), new TransformerTraining(4, 128, 4, 64, 96, 16), 16) with
        {
            Targets = [new Ratio(1.4, PeerTable.PyTorch), new Bytes(0), new Bytes(0) { Threads = 2 }],
        },
    ];

    private static Workload Training(string name, Func<ITrainable> create, Work work, int batch) =>
        new("sequence-train", name, work, () => Train(Step(create(), batch, Rate)))
        {
            Peers = [PeerTable.PyTorch],
            Threads = [1, 2],
            Numbers = () =>
            {
                Func<float> step = Step(create(), batch, ComparedRate);
                return [.. Enumerable.Range(0, ComparedSteps).Select(_ => step())];
            },
        };

    private static Action<int> Train(Func<float> step) => repetitions =>
    {
        while (repetitions-- > 0) step();
    };

    private static Func<float> Step(ITrainable net, int batch, float rate)
    {
        GiveAgreed(net);
        net.Reserve(batch);
        SGD sgd = new(rate);
        AlignedBuffer inputs = Inputs(net.Info, batch);
        int width = net.Info.OutputSize / net.Info.ClassesPerSample;
        int[] classes = [.. Enumerable.Range(0, batch * net.Info.ClassesPerSample).Select(i => i % width)];
        return () => net.TrainStep(new Batch { Count = batch, Inputs = inputs.Span, Classes = classes }, sgd);
    }

    /// <summary>Overwrites all parameters with agreed numbers.</summary>
    public static void GiveAgreed(INetwork net)
    {
        foreach ((int index, TensorInfo tensor) in net.Info.Parameters.Index())
        {
            int[] shape = [.. Enumerable.Range(0, tensor.Shape.Rank).Select(axis => tensor.Shape[axis])];
            net.Import(tensor.Name, AgreedNumbers.Tensor(tensor.Name.Contains("bias", StringComparison.Ordinal) ? "bias" : "weight", shape, AgreedNumbers.Series(index, 0)));
        }
    }

    /// <summary>Agreed numbers, or ids made of them, for so many samples.</summary>
    public static AlignedBuffer Inputs(NetworkInfo info, int batch)
    {
        AlignedBuffer inputs = new(batch * info.InputSize);
        AgreedNumbers.Fill(inputs.Span, AgreedNumbers.Samples);
        if (info.Inputs[0].Vocabulary is > 0 and var vocabulary)
        {
            foreach (ref float id in inputs.Span) id = MathF.Floor((id + 1) / 2 * vocabulary);
        }
        return inputs;
    }
}
