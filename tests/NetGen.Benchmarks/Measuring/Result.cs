using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Measuring;

/// <summary>What a comparison of one workload found.</summary>
internal sealed class Result
{
    public required Workload Workload { get; init; }

    public required int Threads { get; init; }

    /// <summary>NetGen's median time of one repetition.</summary>
    public required double Seconds { get; init; }

    /// <summary>How much the rounds differ, as a share of the median.</summary>
    public required double Spread { get; init; }

    /// <summary>Median over the rounds of what NetGen reached of the FMA peak beside it, all threads together; null where no operations are counted.</summary>
    public required double? ShareOfPeak { get; init; }

    /// <summary>The most that all threads of this process allocated in one turn.</summary>
    public required long AllocatedBytes { get; init; }

    public required IReadOnlyList<OtherResult> Others { get; init; }

    /// <summary>What went wrong with a peer.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>How many times as fast as the best of these peers NetGen is; null when none of them was measured.</summary>
    public double? RatioToBest(IEnumerable<Peer> peers)
    {
        double[] times = [.. Others.Where(other => peers.Contains((other.Contender as PeerContender)?.Peer)).Select(other => other.Seconds)];
        return times.Length == 0 ? null : times.Min() / Seconds;
    }

    /// <summary>How many times as fast as itself on one thread NetGen is; null when this is one thread.</summary>
    public double? RatioToOneThread() => Others.FirstOrDefault(other => other.Contender is NetGenContender)?.Seconds / Seconds;
}

/// <summary>The median time of another contender in the rounds of a <see cref="Result"/>.</summary>
internal sealed record OtherResult(Contender Contender, double Seconds, double Spread);
