using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Moves what follows a matrix product or a convolution into it, so that one call does all and the sums go to memory once: a bias or a scale and shift, a residual, an
/// activation; after a convolution also a max pool, which then takes its pixels from the first level of cache; and likewise the derivative
/// of an activation into what computes the gradient of its output. It does so only when nothing else uses the value in between: in
/// training an activation whose derivative needs its input (GELU) stays apart, because the input is kept.
/// </summary>
public static class Fuse
{
    public static Graph Run(Graph graph)
    {
        Dictionary<Node, int> uses = graph.CountUses();
        return GraphBuilder.Rewrite(graph, (builder, node, operands) =>
        {
            // A sum takes in either side; the others what they are applied to.
            IEnumerable<int> candidates = node.Op switch
            {
                Arithmetic { Axis: null, Kind: ArithmeticKind.Add } => [1, 0],
                ActivateGradient => [1],
                _ => node.Operands.Count == 0 ? [] : [0],
            };
            foreach (int index in candidates.Where(index => uses[node.Operands[index]] == 1))
            {
                Node producer = operands[index];
                Node[] others = [.. operands.Where((_, other) => other != index)];
                if (node.Op is ScaleShift && others[0].Op is FoldedNorm && BiasOf(producer) is { } bias)
                {
                    // (sum + bias) scale + shift: the bias becomes part of the shift.
                    builder.Layer = others[0].Layer;
                    others = [builder.Add(others[0].Op, [.. others[0].Operands, bias], others[0].Name)];
                    producer = new(producer.Id, WithoutBias(producer.Op), [.. producer.Operands.Take(2)], producer.Shape, producer.Layer, producer.Name);
                }
                if (Absorb(node.Op, producer, others) is { } fused)
                {
                    // The whole stands in the producer's section under the name of what came last.
                    builder.Layer = producer.Layer;
                    return builder.Add(fused.Op, fused.Operands, node.Name);
                }
            }
            return null;
        });
    }

    /// <summary>The producer with an op done as its last step; null where it cannot do it.</summary>
    /// <param name="op">The op.</param>
    /// <param name="producer">What gives one of its operands.</param>
    /// <param name="others">Its other operands.</param>
    private static (Op Op, IReadOnlyList<Node> Operands)? Absorb(Op op, Node producer, IReadOnlyList<Node> others)
    {
        switch (producer.Op)
        {
            // A flat residual stays apart: straight-line code adds it in registers, and PlanUnrolling takes no product that has one.
            case MatMul { Form: MatMulForm.Product } product
                when Append(product.Epilogue, op, producer, others) is { } epilogue && (!epilogue.HasResidual || producer.Shape.Rank > 1):
                return (product with { Epilogue = epilogue }, [.. producer.Operands, .. others]);
            case Convolve convolution when op is Pool { Kind: PoolKind.Max } pool && convolution.CanPool(pool.Window):
                return (convolution with { Pool = pool.Window }, producer.Operands);
            case Convolve { Pool: null } convolution when Append(convolution.Epilogue, op, producer, others) is { } epilogue && !(epilogue.HasResidual && convolution.Transposed):
                return (convolution with { Epilogue = epilogue }, [.. producer.Operands, .. others]);
            case MatMul { Form: MatMulForm.TransposedRight, Activation: null } product when op is ActivateGradient derivative:
                return (product with { Epilogue = new(Activation: derivative.Activation) }, [.. producer.Operands, .. others]);
            case ConvolveInputGradient { Activation: null } convolution when op is ActivateGradient derivative:
                return (convolution with { Activation = derivative.Activation }, [.. producer.Operands, .. others]);
            case MaxPoolGradient { Activation: null } pool when op is ActivateGradient { Activation.Function.SavesOutput: true } derivative && others[0] == producer.Operands[0]:
                return (pool with { Activation = derivative.Activation }, producer.Operands);
            default:
                return null;
        }
    }

    /// <summary>The bias that is the last step of a product or convolution; null where another step is, or none.</summary>
    private static Node? BiasOf(Node producer) => EpilogueOf(producer.Op) == new Epilogue(ChannelMap.Shift) ? producer.Operands[2] : null;

    private static Epilogue? EpilogueOf(Op op) => op switch
    {
        MatMul { Form: MatMulForm.Product } product => product.Epilogue,
        Convolve { Pool: null } convolution => convolution.Epilogue,
        _ => null,
    };

    private static Op WithoutBias(Op op) => op is MatMul product ? product with { Epilogue = Epilogue.None } : (Convolve)op with { Epilogue = Epilogue.None };

    /// <summary>An epilogue with one more step; null where the step does not come after those that are there.</summary>
    private static Epilogue? Append(Epilogue epilogue, Op op, Node producer, IReadOnlyList<Node> others) => op switch
    {
        _ when epilogue.Activation is not null => null,
        Activate { Activation: var activation } => epilogue with { Activation = activation },
        _ when epilogue.HasResidual => null,
        ScaleShift when epilogue.Channels == ChannelMap.None => epilogue with { Channels = ChannelMap.ScaleAndShift },
        Arithmetic { Kind: ArithmeticKind.Add, Axis: null } => epilogue with { HasResidual = true },
        Arithmetic { Kind: ArithmeticKind.Add, Axis: { } axis } when epilogue.Channels == ChannelMap.None && axis == producer.Shape.Rank - 1 && !others[0].Shape.Batched =>
            epilogue with { Channels = ChannelMap.Shift },
        _ => null,
    };
}
