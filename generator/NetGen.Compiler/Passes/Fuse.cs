using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Moves a bias and an activation into the matrix product before them, so that one call does all three, and likewise the derivative of an activation into the
/// product that computes the gradient of its output. It does so only when nothing else uses the value in between: in training an activation whose
/// derivative needs its input (GELU) stays apart, because the input is kept.
/// </summary>
public static class Fuse
{
    public static Graph Run(Graph graph)
    {
        Dictionary<Node, int> uses = graph.CountUses();
        return GraphBuilder.Rewrite(graph, (builder, node, operands) =>
        {
            int operand = node.Op is ActivateGradient ? 1 : 0;
            if (node.Operands.Count == 0 || uses[node.Operands[operand]] != 1 || operands[operand].Op is not MatMul { Activation: null } product)
            {
                return null;
            }
            Node producer = operands[operand];
            if (product.Form != MatMulForm.Product)
            {
                return node.Op is ActivateGradient { Activation: var derived } && product.Form == MatMulForm.TransposedRight
                    ? Fused(product with { Activation = derived }, [.. producer.Operands, operands[0]])
                    : null;
            }
            return node.Op switch
            {
                Arithmetic { Kind: ArithmeticKind.Add, Axis: { } axis } when !product.HasBias && axis == producer.Shape.Rank - 1 && !operands[1].Shape.Batched =>
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
