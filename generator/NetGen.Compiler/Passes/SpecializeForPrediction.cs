using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>Turns the forward graph into what Predict computes: no loss, and each op in its form for prediction (dropout vanishes).</summary>
public static class SpecializeForPrediction
{
    public static Graph Run(Graph graph)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is LossOp or Loss or Target or RowWeights)
            {
                continue;
            }
            Node[] operands = [.. node.Operands.Select(operand => copies[operand])];
            builder.Layer = node.Layer;
            copies[node] = node.Op.InPrediction(builder, operands) ?? builder.Add(node.Op, operands, node.Name);
        }
        return builder.Build();
    }
}
