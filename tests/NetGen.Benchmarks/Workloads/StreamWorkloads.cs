using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Step of networks that take a sequence live, with agreed numbers.</summary>
internal static class StreamWorkloads
{
    /// <summary>What streams, by the name of its workload.</summary>
    public static IReadOnlyDictionary<string, Func<IStreaming>> Networks { get; } = new Dictionary<string, Func<IStreaming>>
    {
        ["lstm-step-16"] = () => new Lstm16(),
        ["lstm-step-64"] = () => new Lstm64(),
        ["gpt-step"] = () => new Gpt(),
    };

    public static IEnumerable<Workload> All =>
    [
        Create("lstm-step-16", new RecurrentStep("lstm", 16, 16)) with { Targets = [new Nanoseconds(300), new Bytes(0)] },
        Create("lstm-step-64", new RecurrentStep("lstm", 64, 64)) with
        {
            Targets = [new Nanoseconds(2000), new Ratio(20, PeerTable.OnnxRuntime), new Bytes(0)],
        },
        Create("gpt-step", new TransformerStep(4, 128, 4, 64, 96)) with
        {
            Targets = [new Ratio(3, PeerTable.OnnxRuntime, PeerTable.PyTorch), new Bytes(0)],
        },
    ];

    /// <summary>Takes a step at each call, and starts again where the network's sequence ends.</summary>
    public static Action Stepper(IStreaming net, float[] output)
    {
        // All of these have parameters that can be set.
        SequenceWorkloads.GiveAgreed((INetwork)net);
        AlignedBuffer inputs = SequenceWorkloads.Inputs(net.Info, 1);
        StreamState state = net.NewState();
        int size = net.StepInputSize, steps = net.Info.InputSize / size, step = 0;
        bool startsAgain = net.Info.Inputs[0].Vocabulary > 0;
        return () =>
        {
            net.Step(inputs.Span.Slice(step * size, size), state, output);
            if (++step < steps) return;
            step = 0;
            if (startsAgain) state.Reset();
        };
    }

    private static Workload Create(string name, Work work) => new("step", name, work, () => Run(Networks[name]()))
    {
        Peers = [PeerTable.OnnxRuntime, PeerTable.PyTorch],
        Numbers = () =>
        {
            IStreaming net = Networks[name]();
            var output = new float[net.StepOutputSize];
            Action step = Stepper(net, output);
            for (int i = 0; i < net.Info.InputSize / net.StepInputSize; i++) step();
            return output;
        },
    };

    private static Action<int> Run(IStreaming net)
    {
        Action step = Stepper(net, new float[net.StepOutputSize]);
        return repetitions =>
        {
            while (repetitions-- > 0) step();
        };
    }
}
