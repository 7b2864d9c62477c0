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
        var gradients = new Gradients(builder, nodes, nodes.Where(node => node.Op is Parameter));
        gradients.Propagate();
        return builder.Build();
    }

    /// <summary>
    /// Appends the gradients of some values, given those of others: the product of a vector with the Jacobian of a graph, such as the body of a scan.
    /// </summary>
    /// <param name="builder">Holds the graph.</param>
    /// <param name="nodes">The graph, in order.</param>
    /// <param name="seeds">Values with their gradients.</param>
    /// <param name="wanted">The values whose gradients are asked for.</param>
    /// <returns>The gradients of the wanted values; null where nothing depends on one.</returns>
    public static IReadOnlyList<Node?> Pull(GraphBuilder builder, IReadOnlyList<Node> nodes, IEnumerable<(Node Value, Node Gradient)> seeds, IReadOnlyList<Node> wanted)
    {
        var gradients = new Gradients(builder, nodes, wanted);
        foreach ((Node value, Node gradient) in seeds)
        {
            gradients.Contribute(value, gradient);
        }
        gradients.Propagate();
        return [.. wanted.Select(gradients.Of)];
    }

    /// <summary>The gradients that came back so far.</summary>
    private sealed class Gradients
    {
        private readonly GraphBuilder _builder;
        private readonly IReadOnlyList<Node> _nodes;
        private readonly HashSet<Node> _dependent;
        private readonly HashSet<Node> _named = [];
        private readonly Dictionary<Node, List<Node>> _contributions = [];

        /// <param name="builder">Holds the graph, and gets the gradients.</param>
        /// <param name="nodes">The graph, in order.</param>
        /// <param name="variables">What is differentiated with respect to: only what depends on them has a gradient.</param>
        public Gradients(GraphBuilder builder, IReadOnlyList<Node> nodes, IEnumerable<Node> variables)
        {
            (_builder, _nodes) = (builder, nodes);
            _dependent = [.. variables];
            foreach (Node node in nodes.Where(node => node.Operands.Any(_dependent.Contains)))
            {
                _dependent.Add(node);
            }
        }

        /// <summary>Visits the nodes from the last to the first.</summary>
        public void Propagate()
        {
            foreach (Node node in _nodes.Reverse().Where(_dependent.Contains))
            {
                _builder.Layer = node.Layer;
                if (node.Op is LossOp loss)
                {
                    Contribute(node.Operands[0], loss.DifferentiateLoss(_builder, node));
                }
                else if (Of(node) is { } gradient)
                {
                    if (node.Op is Parameter parameter)
                    {
                        _builder.Add(new StoreGradient(parameter.Name), [gradient], $"{parameter.Name}.gradient");
                        continue;
                    }
                    foreach (int operand in Enumerable.Range(0, node.Operands.Count).Where(index => _dependent.Contains(node.Operands[index])))
                    {
                        Contribute(node.Operands[operand], node.Op.Differentiate(_builder, node, gradient, operand));
                    }
                }
            }
        }

        /// <summary>The sum of what came back from each use of a value; null for nothing.</summary>
        public Node? Of(Node value)
        {
            if (!_contributions.TryGetValue(value, out List<Node>? parts))
            {
                return null;
            }
            Node sum = parts[0];
            foreach (Node part in parts.Skip(1))
            {
                sum = _builder.Add(new Arithmetic(ArithmeticKind.Add), [sum, part], $"{value.Name}.gradient");
            }
            _named.Add(sum);
            _contributions[value] = [sum];
            return sum;
        }

        public void Contribute(Node value, Node? gradient)
        {
            if (gradient is null)
            {
                return;
            }
            if (!_contributions.TryGetValue(value, out List<Node>? parts))
            {
                _contributions[value] = parts = [];
            }
            parts.Add(gradient);
            // An op that hands its gradient through, as Add does, gives a node that has its name already.
            if (_named.Add(gradient))
            {
                _builder.NameLast(gradient, $"{value.Name}.gradient");
            }
        }
    }
}
