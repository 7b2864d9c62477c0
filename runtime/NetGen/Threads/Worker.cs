using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>One thread's part in a region: which of how many it is. The default value is <see cref="Alone"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Worker
{
    private readonly Crew? _crew;
    private readonly int _others;

    internal Worker(Crew crew, int index, int others)
    {
        _crew = crew;
        Index = index;
        _others = others;
    }

    /// <summary>Worker 0 of 1, which needs no pool.</summary>
    public static Worker Alone => default;

    /// <summary>From 0, which is the caller, to <see cref="Count"/> - 1.</summary>
    public int Index { get; }

    /// <summary>Workers of the region.</summary>
    public int Count => _others + 1;

    /// <summary>Whether this is the caller.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>
    /// Waits until all workers of the region are here; what any of them wrote before, all of them read afterwards. Does nothing when there is one.
    /// Every worker of a region must pass the same number of barriers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Barrier() => _crew?.Barrier(_others + 1);

    /// <summary>
    /// This worker's part of <paramref name="length"/> items. The parts of all workers follow one another, cover every item once, begin at a multiple
    /// of <paramref name="unit"/> and differ by at most one unit. They depend on nothing but the arguments, <see cref="Index"/> and
    /// <see cref="Count"/>.
    /// </summary>
    /// <param name="length">At least 0.</param>
    /// <param name="unit">Items that stay together, at least 1: the floats of a cache line, the rows of a tile.</param>
    public Part Part(int length, int unit = 1)
    {
        long units = ((long)length + unit - 1) / unit;
        int start = (int)Math.Min(units * Index / Count * unit, length);
        int end = (int)Math.Min(units * (Index + 1) / Count * unit, length);
        return new(start, end - start);
    }
}
