using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Lowering;

/// <summary>
/// Knows of which values of a graph under construction the first axis is time. Where a sequence has as many features as steps, its shape does not tell whether a permutation has swapped
/// the two.
/// </summary>
/// <param name="graph">The graph.</param>
internal sealed class TimeAxis(GraphBuilder graph)
{
    private readonly HashSet<Node> _swapped = [];
    private int _seen;

    /// <summary>Whether no permutation has put features in the first place.</summary>
    public bool IsFirst(Node value)
    {
        for (; _seen < graph.Count; _seen++)
        {
            Node node = graph[_seen];
            // What is no sequence any more has lost the axis.
            if (node.Shape.Rank == 2 && node.Operands.Any(_swapped.Contains) != node.Op is Permute)
            {
                _swapped.Add(node);
            }
        }
        return !_swapped.Contains(value);
    }
}
