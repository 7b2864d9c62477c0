using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Sums over pixels and samples that give few numbers become sums of each sample, then over the samples. The first, nearly all of the work, is then divided by samples: a few sums cannot be
/// divided evenly among workers, and each worker finds what it has just computed in its own cache instead of reading every other's.
/// </summary>
public static class SumBySample
{
    // The rows of all samples must be few numbers beside those that are summed.
    private const int FewestSummed = 16;

    public static Graph Run(Graph graph) => GraphBuilder.Rewrite(graph, static (builder, node, operands) =>
    {
        switch (node.Op)
        {
            case SumTo { PerSample: false } sum when operands[0].Shape.Batched && operands[0].Shape.Count >= (long)FewestSummed * node.Shape.Count:
                return builder.Add(new SumTo(0), [builder.Add(sum with { PerSample = true }, operands, $"{node.Name}.each")], node.Name);
            case ConvolveWeightGradient { PerSample: false, Shape.IsDepthwise: false } gradient when operands[0].Shape.Count + operands[1].Shape.Count >= FewestSummed * node.Shape.Count:
                Node each = builder.Add(gradient with { PerSample = true }, operands, $"{node.Name}.each");
                return builder.Add(new Reshape(node.Shape), [builder.Add(new SumTo(0), each)], node.Name);
            default:
                return null;
        }
    });
}
