using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Passes;

/// <summary>A network whose parameters are fixed: what is computed from them once, and what remains for each prediction.</summary>
/// <param name="Fold">From parameters and state to frozen tensors.</param>
/// <param name="Predict">The prediction, which reads frozen tensors as its parameters.</param>
/// <param name="Tensors">The frozen tensors, in the order of their place, each with the layer that reads it.</param>
public sealed record FrozenGraphs(Graph Fold, Graph Predict, IReadOnlyList<(TensorSpec Tensor, Layer Layer)> Tensors);

/// <summary>
/// Divides a prediction into what depends on parameters and state only and what depends on the input. The values that cross the border are frozen tensors; parameters that do not reach
/// the output are none.
/// </summary>
public static class Freeze
{
    public static FrozenGraphs Run(Graph graph)
    {
        (Graph prediction, HashSet<Node> constant) = ShareConstants(graph);

        // Several shapes of a tensor are one tensor.
        HashSet<Node> border = [.. prediction.Nodes.Where(node => !constant.Contains(node)).SelectMany(node => node.Operands).Where(constant.Contains).Distinct()
            .GroupBy(node => node.Origin).Select(shapes => shapes.Count() == 1 ? shapes.Single() : shapes.Key)];
        var frozen = new Dictionary<Node, TensorSpec>();
        var tensors = new List<(TensorSpec, Layer)>();
        var names = new HashSet<string>();
        int end = 0;
        foreach (Node node in prediction.Nodes.Where(border.Contains))
        {
            bool isFolded = node.Name.EndsWith(FoldIntoWeights.Suffix, System.StringComparison.Ordinal);
            string name = names.Take(isFolded ? node.Name.Substring(0, node.Name.Length - FoldIntoWeights.Suffix.Length) : node.Name);
            var tensor = new TensorSpec(name, node.Shape, node.Shape, Layout: null, end, Initialization.Zeros);
            frozen[node] = tensor;
            tensors.Add((tensor, node.Layer));
            end = tensor.End;
        }
        Graph predict = GraphBuilder.Rewrite(prediction, (builder, node, _) =>
            frozen.TryGetValue(node, out TensorSpec? tensor) ? builder.Add(new Parameter(tensor.Name, node.Shape), [], tensor.Name) : null);

        var fold = new GraphBuilder();
        Dictionary<Node, Node> copies = fold.CopyFrom(new Graph([.. prediction.Nodes.Where(constant.Contains)]), (_, _, _) => null);
        foreach (Node node in prediction.Nodes.Where(border.Contains))
        {
            fold.Layer = node.Layer;
            fold.Add(new StoreFrozen(frozen[node].Name, frozen[node].Offset), [copies[node]], $"frozen.{frozen[node].Name}");
        }
        return new(EliminateDead.Run(fold.Build()), EliminateDead.Run(predict), tensors);
    }

    /// <summary>Finds what depends on parameters and state only, and computes the same once: layers that share parameters share what is made of them.</summary>
    private static (Graph Graph, HashSet<Node> Constant) ShareConstants(Graph graph)
    {
        var constant = new HashSet<Node>();
        var known = new Dictionary<(Op, EquatableArray<int>), Node>();
        Graph shared = GraphBuilder.Rewrite(graph, (builder, node, operands) =>
        {
            bool isComputed = operands.Count > 0 && !node.Op.HasEffect && node.Op.Ambients.Count == 0 && operands.All(constant.Contains);
            if (!isComputed && node.Op is not (Parameter or State))
            {
                return null;
            }
            var key = (node.Op, new EquatableArray<int>(operands.Select(operand => operand.Id)));
            if (!known.TryGetValue(key, out Node? copy))
            {
                known[key] = copy = builder.Add(node.Op, operands, node.Name);
                constant.Add(copy);
            }
            return copy;
        });
        return (shared, constant);
    }
}
