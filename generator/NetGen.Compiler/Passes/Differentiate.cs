using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Reverse-mode differentiation: appends to the forward graph the gradient of the loss with respect to every parameter. Nodes are visited from the
/// loss backwards; a value that is used in several places sums what comes back from each. The output goes: training has no use for it.
/// </summary>
public static class Differentiate
{
    public static Graph Run(Graph forward)
    {
        var builder = new GraphBuilder();
        var training = new Graph([.. forward.Nodes.Where(node => node.Op is not Output)]);
        Dictionary<Node, Node> copies = builder.CopyFrom(training, (_, _, _) => null);
        Node[] nodes = [.. training.Nodes.Select(node => copies[node])];

        var trainable = new HashSet<Node>();
        foreach (Node node in nodes)
        {
            if (node.Op is Parameter || node.Operands.Any(trainable.Contains))
            {
                trainable.Add(node);
            }
        }

        var named = new HashSet<Node>();
        var contributions = new Dictionary<Node, List<Node>>();
        foreach (Node node in nodes.Reverse().Where(trainable.Contains))
        {
            builder.Layer = node.Layer;
            if (node.Op is LossOp loss)
            {
                Contribute(node.Operands[0], loss.DifferentiateLoss(builder, node));
            }
            else if (contributions.TryGetValue(node, out List<Node>? parts))
            {
                Node gradient = Sum(node, parts);
                if (node.Op is Parameter parameter)
                {
                    builder.Add(new StoreGradient(parameter.Name), [gradient], parameter.Name);
                    continue;
                }
                foreach (int operand in Enumerable.Range(0, node.Operands.Count).Where(index => trainable.Contains(node.Operands[index])))
                {
                    Contribute(node.Operands[operand], node.Op.Differentiate(builder, node, gradient, operand));
                }
            }
        }
        return builder.Build();

        void Contribute(Node value, Node? gradient)
        {
            if (gradient is null)
            {
                return;
            }
            if (!contributions.TryGetValue(value, out List<Node>? parts))
            {
                contributions[value] = parts = [];
            }
            parts.Add(gradient);
            // An op that hands its gradient through, as Add does, gives a node that has its name already.
            if (named.Add(gradient))
            {
                builder.NameLast(gradient, $"{value.Name}.gradient");
            }
        }

        Node Sum(Node value, List<Node> parts)
        {
            Node sum = parts[0];
            foreach (Node part in parts.Skip(1))
            {
                sum = builder.Add(new Arithmetic(ArithmeticKind.Add), [sum, part], $"{value.Name}.gradient");
            }
            named.Add(sum);
            return sum;
        }
    }
}
