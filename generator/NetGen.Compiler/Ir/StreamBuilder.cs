using System;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Ir;

/// <summary>Builds the graph of one step of a sequence, and lays out what is remembered from step to step.</summary>
public sealed class StreamBuilder
{
    /// <summary>Floats of a cache line.</summary>
    private const int Alignment = 16;

    /// <summary>The graph of a step: sequences of one step.</summary>
    public GraphBuilder Graph { get; } = new();

    /// <summary>Floats that are remembered; more than 2^31 cannot be.</summary>
    public long Floats { get; private set; }

    /// <summary>Steps that a stream may take; null for any number.</summary>
    public int? Limit { get; private set; }

    /// <summary>Memory that lasts from step to step and is zero before the first.</summary>
    /// <param name="name">The end of its name.</param>
    /// <param name="shape">Its shape.</param>
    public Node Remember(string name, Shape shape)
    {
        Node slot = Graph.Add(new StreamMemory(shape, (int)Math.Min(Floats, int.MaxValue)), [], $"{Graph.Layer.Path}.{name}");
        Floats = Math.Min(Floats, int.MaxValue) + (Math.Min(shape.Count, int.MaxValue) + Alignment - 1) / Alignment * Alignment;
        return slot;
    }

    /// <summary>No stream may take more steps than this.</summary>
    public void AtMost(int steps) => Limit = Math.Min(steps, Limit ?? steps);
}
