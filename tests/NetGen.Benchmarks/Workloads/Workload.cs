using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Something that is measured on all sides. To add one, add it to the file of its group, or add a file and its line in <see cref="WorkloadTable"/>.</summary>
/// <param name="Group">What selects it together with its kin on the command line.</param>
/// <param name="Name">What selects it alone.</param>
/// <param name="Work">What peers are told to do, and what is counted.</param>
/// <param name="NetGen">Reserves memory, and gives a loop that does the work as often as it is told.</param>
internal sealed record Workload(string Group, string Name, Work Work, Func<Action<int>> NetGen)
{
    /// <summary>Who does the same beside it.</summary>
    public Peer[] Peers { get; init; } = [];

    /// <summary>On how many threads it is measured where the command line does not say.</summary>
    public int[] Threads { get; init; } = [1];

    /// <summary>What NetGen computes from <see cref="Images.AgreedNumbers"/>, where its peers can say the same.</summary>
    public Func<float[]>? Numbers { get; init; }

    /// <summary>What NetGen promises.</summary>
    public Target[] Targets { get; init; } = [];
}
