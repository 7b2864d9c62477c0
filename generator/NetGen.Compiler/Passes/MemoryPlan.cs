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
    /// <summary>Whether two values share memory, whatever the batch.</summary>
    public bool Overlaps(Location other)
    {
        // Values that grow with the batch and those that do not lie in two parts of a region.
        bool grows = Size.PerSample > 0;
        if (Region != other.Region || Region == Region.Result || grows != other.Size.PerSample > 0)
        {
            return false;
        }
        return grows
            ? Offset.PerSample < other.Offset.PerSample + other.Size.PerSample && other.Offset.PerSample < Offset.PerSample + Size.PerSample
            : Offset.Constant < other.Offset.Constant + other.Size.Constant && other.Offset.Constant < Offset.Constant + Size.Constant;
    }
}

/// <summary>Where every value of a program lies.</summary>
/// <param name="Locations">By node.</param>
/// <param name="ArenaSize">Floats of the arena.</param>
/// <param name="Unshared">Floats that the arena would take if no two values shared memory.</param>
/// <param name="Copies">Sinks whose value could not be computed in place and is copied there.</param>
public sealed record MemoryPlan(IReadOnlyDictionary<Node, Location> Locations, Size ArenaSize, Size Unshared, IReadOnlyList<Node> Copies);
