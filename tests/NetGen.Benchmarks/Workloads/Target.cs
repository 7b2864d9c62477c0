using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Workloads;

/// <summary>A promise about a workload.</summary>
/// <param name="Limit">The least value, or the largest where less is better.</param>
internal abstract record Target(double Limit)
{
    /// <summary>The number of threads for which it holds.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether values below the limit are the good ones.</summary>
    protected virtual bool LessIsBetter => false;

    /// <summary>The promise in words.</summary>
    public abstract string Text { get; }

    /// <summary>What the measurement says; null when it says nothing, for want of a peer.</summary>
    public abstract double? Value(Result result);

    /// <summary>A value in the target's unit.</summary>
    public abstract string Format(double value);

    /// <summary>Whether it is kept; null when that was not measured.</summary>
    public bool? IsMet(Result result) => Value(result) is { } value ? LessIsBetter ? value <= Limit : value >= Limit : null;
}

/// <summary>At least this share of what fused multiply-adds reach on all threads together.</summary>
internal sealed record ShareOfPeak(double Limit) : Target(Limit)
{
    public override string Text => $"at least {Limit * 100:0}% of the FMA peak";

    public override double? Value(Result result) => result.ShareOfPeak;

    public override string Format(double value) => $"{value * 100:0.0}%";
}

/// <summary>At least so many times as fast as the fastest of these peers.</summary>
internal sealed record Ratio(double Limit, params Peer[] Than) : Target(Limit)
{
    public override string Text => $"at least {Limit:0.00}x {string.Join(" and ", Than.Select(peer => peer.Name))}";

    public override double? Value(Result result) => result.RatioToBest(Than);

    public override string Format(double value) => $"{value:0.00}x";
}

/// <summary>At least so many times as fast as NetGen itself on one thread.</summary>
internal sealed record Scaling(double Limit) : Target(Limit)
{
    public override string Text => $"at least {Limit:0.00}x NetGen on 1 thread";

    public override double? Value(Result result) => result.RatioToOneThread();

    public override string Format(double value) => $"{value:0.00}x";
}

/// <summary>At most so many nanoseconds for one element of the result, or for one repetition of a work without elements.</summary>
internal sealed record Nanoseconds(double Limit) : Target(Limit)
{
    protected override bool LessIsBetter => true;

    public override string Text => $"at most {Limit:0.##} ns";

    public override double? Value(Result result) => result.Seconds / result.Workload.Work.Elements * 1e9;

    public override string Format(double value) => $"{value:0.00} ns";
}

/// <summary>At most so many bytes allocated by all threads in a turn of many repetitions.</summary>
internal sealed record Bytes(double Limit) : Target(Limit)
{
    protected override bool LessIsBetter => true;

    public override string Text => $"at most {Limit:0} bytes allocated";

    public override double? Value(Result result) => result.AllocatedBytes;

    public override string Format(double value) => $"{value:0} bytes";
}
