using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Ir;

/// <summary>Builds a graph, node by node, inferring shapes.</summary>
public sealed class GraphBuilder
{
    private readonly List<Node> _nodes = [];

    /// <summary>The layer that nodes are made for from now on.</summary>
    public Layer Layer { get; set; } = new("", "");

    /// <summary>Number of nodes so far.</summary>
    public int Count => _nodes.Count;

    /// <summary>The nodes in order.</summary>
    public Node this[int index] => _nodes[index];

    /// <summary>Adds a node and returns it.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="operands">Nodes of this builder.</param>
    /// <param name="name">The value's name; by default the layer's followed by the op's.</param>
    public Node Add(Op op, IReadOnlyList<Node> operands, string? name = null)
    {
        var shapes = new Shape[operands.Count];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = operands[i].Shape;
        }
        Shape shape = op.InferShape(shapes);
        var node = new Node(_nodes.Count, op, operands, shape, Layer, name ?? $"{Layer.Path}.{op.Mnemonic}");
        _nodes.Add(node);
        if (op is Ops.Result)
        {
            operands[0].AddResult(node);
        }
        return node;
    }

    /// <inheritdoc cref="Add(Op, IReadOnlyList{Node}, string?)"/>
    public Node Add(Op op, params Node[] operands) => Add(op, operands, null);

    /// <summary>The node that this layer has for an op and operands already, or a new one.</summary>
    public Node AddOnce(Op op, params Node[] operands)
    {
        for (int i = _nodes.Count - 1; i >= 0 && _nodes[i].Layer == Layer; i--)
        {
            if (_nodes[i].Op == op && _nodes[i].Operands.SequenceEqual(operands))
            {
                return _nodes[i];
            }
        }
        return Add(op, operands);
    }

    /// <summary>The node of a source, of whatever layer, or a new one: layers that share state read it from one node.</summary>
    public Node AddOnce(Ops.Source source, string name) => _nodes.Find(node => node.Op == source) ?? Add(source, [], name);

    /// <summary>Names a value, if it is the last one added; an older one, which something else may already use, keeps its name.</summary>
    public void NameLast(Node node, string name)
    {
        if (node == _nodes[_nodes.Count - 1])
        {
            node.Name = name;
        }
    }

    public Graph Build() => new(_nodes.ToArray());

    /// <summary>
    /// Copies a graph node by node. The replacement gets each node with its operands already copied and returns what stands for it; null copies it as it is.
    /// </summary>
    public static Graph Rewrite(Graph graph, Func<GraphBuilder, Node, IReadOnlyList<Node>, Node?> replace)
    {
        var builder = new GraphBuilder();
        builder.CopyFrom(graph, replace);
        return builder.Build();
    }

    /// <summary>Copies a graph's nodes into this builder; see <see cref="Rewrite"/>.</summary>
    /// <returns>What stands for each node.</returns>
    public Dictionary<Node, Node> CopyFrom(Graph graph, Func<GraphBuilder, Node, IReadOnlyList<Node>, Node?> replace)
    {
        var copies = new Dictionary<Node, Node>(graph.Nodes.Count);
        foreach (Node node in graph.Nodes)
        {
            Layer = node.Layer;
            var operands = new Node[node.Operands.Count];
            for (int i = 0; i < operands.Length; i++)
            {
                operands[i] = copies[node.Operands[i]];
            }
            copies[node] = replace(this, node, operands) ?? Add(node.Op, operands, node.Name);
        }
        return copies;
    }
}
