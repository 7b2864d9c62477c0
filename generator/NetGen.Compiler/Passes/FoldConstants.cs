using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>Does at compile time what depends on constants only: a scale of a scale is one scale, a scale by 1 and a reshape to the same shape are nothing.</summary>
public static class FoldConstants
{
    public static Graph Run(Graph graph) => GraphBuilder.Rewrite(graph, static (builder, node, operands) => node.Op switch
    {
        Affine { Factor: 1, Offset: 0 } => operands[0],
        Affine outer when operands[0].Op is Affine inner => Compose(builder, node, inner, outer, operands[0].Operands[0]),
        Reshape reshape when operands[0].Shape == reshape.Shape => operands[0],
        Reshape reshape when operands[0].Op is Reshape && operands[0].Operands[0].Shape == reshape.Shape => operands[0].Operands[0],
        Reshape when operands[0].Op is Reshape => builder.Add(node.Op, [operands[0].Operands[0]], node.Name),
        _ => null,
    });

    private static Node Compose(GraphBuilder builder, Node node, Affine inner, Affine outer, Node operand)
    {
        // a (b x + c) + d = (a b) x + (a c + d)
        var scale = new Affine(outer.Factor * inner.Factor, (outer.Factor * inner.Offset) + outer.Offset);
        return scale is { Factor: 1, Offset: 0 } ? operand : builder.Add(scale, [operand], node.Name);
    }
}
