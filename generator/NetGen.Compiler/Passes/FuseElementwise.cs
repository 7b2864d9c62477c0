using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Does element-wise ops that follow one another in one pass over memory: each would read and write all of an image. Flat values are left alone: they are a few vectors, and
/// straight-line code keeps them in registers anyway.
/// </summary>
public static class FuseElementwise
{
    public static Graph Run(Graph graph)
    {
        Dictionary<Node, int> uses = graph.CountUses();
        return GraphBuilder.Rewrite(graph, (builder, node, operands) =>
        {
            if (node.Shape is not { Batched: true, Rank: > 1 } || !IsTerm(node))
            {
                return null;
            }
            Op op = node.Op;
            List<Node> flat = [.. operands];
            for (int index = operands.Count - 1; index >= 0; index--)
            {
                Node inner = operands[index];
                if (uses[node.Operands[index]] == 1 && IsTerm(inner) && flat.Count - 1 + inner.Operands.Count <= ElementwiseChain.MostOperands)
                {
                    // As with products, the whole stands in the section of what came first, under the name of what came last.
                    builder.Layer = inner.Layer;
                    op = new ElementwiseChain(op, index, inner.Op, inner.Operands.Count, flat.Count - 1 + inner.Operands.Count);
                    flat.RemoveAt(index);
                    flat.InsertRange(index, inner.Operands);
                }
            }
            return op == node.Op ? null : builder.Add(op, flat, node.Name);
        });
    }

    /// <summary>Whether a value is element by element a function of values of its own shape.</summary>
    private static bool IsTerm(Node node) =>
        node.Operands.Count > 0 && node.Operands.All(operand => operand.Shape == node.Shape) && node.Op.Term([.. node.Operands.Select(_ => new ChainTerm("", "", ""))]) is not null;
}
