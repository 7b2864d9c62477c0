using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Moves a bias and an activation into the matrix product before them, so that one call does all three. It does so only when
/// nothing else uses the value in between: in training an activation whose derivative needs its input (GELU) stays apart, because the input is kept.
/// </summary>
public static class Fuse
{
    public static Graph Run(Graph graph)
    {
        Dictionary<Node, int> uses = graph.CountUses();
        return GraphBuilder.Rewrite(graph, (builder, node, operands) =>
        {
            if (node.Operands.Count == 0 || uses[node.Operands[0]] != 1 || operands[0].Op is not MatMul { Form: MatMulForm.Product, Activation: null } product)
            {
                return null;
            }
            Node producer = operands[0];
            return node.Op switch
            {
                Arithmetic { Kind: ArithmeticKind.Add, Axis: { } axis } when !product.HasBias && axis == producer.Shape.Rank - 1 =>
                    Fused(product with { HasBias = true }, [.. producer.Operands, operands[1]]),
                Activate { Activation: var activation } => Fused(product with { Activation = activation }, producer.Operands),
                _ => null,
            };

            // The whole stands in the producer's section under the name of what came last.
            Node Fused(MatMul op, IReadOnlyList<Node> fusedOperands)
            {
                builder.Layer = producer.Layer;
                return builder.Add(op, fusedOperands, node.Name);
            }
        });
    }
}
