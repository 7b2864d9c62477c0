using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>What of a program becomes straight-line code.</summary>
/// <param name="Segments">In the order in which they run.</param>
/// <param name="Refused">What could be unrolled and is not, with the reason.</param>
public sealed record Unrolling(IReadOnlyList<Segment> Segments, IReadOnlyDictionary<Node, string> Refused)
{
    /// <summary>Nothing is.</summary>
    public static Unrolling None { get; } = new([], new Dictionary<Node, string>());

    /// <summary>The segment that computes a value; null where a kernel does.</summary>
    public Segment? Of(Node node) => Segments.FirstOrDefault(segment => segment.Nodes.Contains(node));
}

/// <summary>Consecutive nodes that one method computes, one sample after the other.</summary>
/// <param name="Nodes">In the order in which they run.</param>
/// <param name="Registers">Those whose value nothing outside needs: it has no place in memory.</param>
public sealed record Segment(IReadOnlyList<Node> Nodes, IReadOnlyCollection<Node> Registers)
{
    /// <summary>Vector multiply-adds a sample.</summary>
    public int MultiplyAdds => Nodes.Sum(UnrollCost.MultiplyAdds);
}
