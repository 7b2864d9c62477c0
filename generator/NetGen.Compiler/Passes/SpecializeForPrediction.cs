using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>Turns the forward graph into what Predict computes: no loss, no statistics to update, and each op in its form for prediction (dropout vanishes).</summary>
public static class SpecializeForPrediction
{
    public static Graph Run(Graph graph)
    {
        var withoutLoss = new Graph([.. graph.Nodes.Where(node => node.Op is not (LossOp or Loss or Target or RowWeights or UpdateRunning))]);
        return GraphBuilder.Rewrite(withoutLoss, static (builder, node, operands) => node.Op.InPrediction(builder, operands));
    }
}
