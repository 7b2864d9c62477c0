using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>A buffer that values live in.</summary>
public enum Region
{
    /// <summary>The caller's samples.</summary>
    Input,

    /// <summary>The caller's predictions.</summary>
    Output,
    Parameters,
    State,
    Gradients,

    /// <summary>What a network whose parameters are fixed reads.</summary>
    Frozen,

    /// <summary>What a stream remembers.</summary>
    Stream,

    /// <summary>What training carries from one batch to the next.</summary>
    Carried,

    /// <summary>Memory of the program's own, laid out by the plan.</summary>
    Arena,

    /// <summary>Nowhere in memory: the registers of one method.</summary>
    Registers,

    /// <summary>Nowhere: a number that is returned.</summary>
    Result,
}

/// <summary>Where a value lies.</summary>
public sealed record Location(Region Region, Size Offset, Size Size)
{
    /// <summary>Whether it grows with the batch. What does and what does not lie in two parts of a region.</summary>
    public bool Grows => Size.PerSample > 0;

    /// <summary>Where it begins, within its part of the region: floats, of one sample where it grows.</summary>
    public int Start => Grows ? Offset.PerSample : Offset.Constant;

    /// <summary>Where it ends.</summary>
    public int End => Start + (Grows ? Size.PerSample : Size.Constant);

    /// <summary>Whether two values share memory, whatever the batch.</summary>
    public bool Overlaps(Location other) =>
        Region == other.Region && Region != Region.Result && Grows == other.Grows && Start < other.End && other.Start < End;
}

/// <summary>Where every value of a program lies.</summary>
/// <param name="Locations">By node.</param>
/// <param name="ArenaSize">Floats of the arena.</param>
/// <param name="Unshared">Floats that the arena would take if no two values shared memory.</param>
/// <param name="Copies">Sinks whose value could not be computed in place and is copied there.</param>
/// <param name="Slots">The stretches of the arena.</param>
public sealed record MemoryPlan(
    IReadOnlyDictionary<Node, Location> Locations, Size ArenaSize, Size Unshared, IReadOnlyList<Node> Copies, IReadOnlyList<ArenaSlot> Slots);

/// <summary>A stretch of the arena, for as long as it is taken.</summary>
/// <param name="Values">Who lives there: each takes over the memory of the one before.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Floats">Its length, of one sample where its values are batched; a multiple of a cache line.</param>
/// <param name="First">The place in the schedule of what writes it first; -1 for before all.</param>
/// <param name="Last">The place of what reads it last; the length of the schedule for what is read after all.</param>
public sealed record ArenaSlot(IReadOnlyList<Node> Values, Size Offset, int Floats, int First, int Last);
