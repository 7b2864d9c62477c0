using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>The order in which nodes run, and where the forward pass ends.</summary>
/// <param name="Forward">What the output, or the loss, depends on.</param>
/// <param name="Backward">The rest: gradients. Empty for prediction.</param>
public sealed record Schedule(IReadOnlyList<Node> Forward, IReadOnlyList<Node> Backward)
{
    /// <summary>All nodes, forward before backward.</summary>
    public IEnumerable<Node> All => Forward.Concat(Backward);

    /// <summary>Schedules a graph: in the order of its nodes, forward first. Only what runs is listed, not sources and aliases.</summary>
    public static Schedule Of(Graph graph)
    {
        HashSet<Node> forward = graph.Reach(graph.Roots.Where(root => root.Op is Loss or Output));
        Node[] running = [.. graph.Nodes.Where(node => node.Op is not (Source or Loss) && !node.Op.IsAlias)];
        return new([.. running.Where(forward.Contains)], [.. running.Where(node => !forward.Contains(node))]);
    }
}
