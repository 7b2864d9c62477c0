using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Ir;

/// <summary>Checks the IR's rules. Runs after every pass in debug builds and in tests.</summary>
public static class GraphVerifier
{
    /// <exception cref="GraphException">A rule is broken; the message names the pass and the node.</exception>
    public static void Verify(Graph graph, string after)
    {
        var seen = new HashSet<Node>();
        foreach (Node node in graph.Nodes)
        {
            Check(seen.Count == node.Id, node, "ids count up from 0");
            Check(node.Operands.All(seen.Contains), node, "operands stand before their users");
            Check(node.Op.InferShape([.. node.Operands.Select(operand => operand.Shape)]) == node.Shape, node, "the shape is the one that the op infers");
            Check(!node.Operands.Any(operand => operand.Op is Ops.Sink), node, "a sink has no users");
            seen.Add(node);
        }

        var stores = graph.Nodes.Select(node => node.Op).OfType<Ops.StoreGradient>().Select(store => store.Parameter);
        if (stores.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new GraphException($"after {after}: the gradient of '{twice.Key}' is stored {twice.Count()} times");
        }

        void Check(bool condition, Node node, string rule)
        {
            if (!condition)
            {
                throw new GraphException($"after {after}: {node} ({node.Op}, '{node.Name}') breaks the rule that {rule}");
            }
        }
    }
}
