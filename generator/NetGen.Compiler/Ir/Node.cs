using System.Collections.Generic;

namespace NetGen.Compiler.Ir;

/// <summary>One operation of a graph and the value that it gives. Graphs are immutable once built; a pass builds a new one.</summary>
public sealed class Node(int id, Op op, IReadOnlyList<Node> operands, Shape shape, Layer layer, string name)
{
    private List<Node>? _results;

    /// <summary>Its place in the graph: operands have smaller ids.</summary>
    public int Id { get; } = id;

    public Op Op { get; } = op;

    public IReadOnlyList<Node> Operands { get; } = operands;

    /// <summary>The value's shape.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The layer that it was made for: where its code stands in the generated file.</summary>
    public Layer Layer { get; } = layer;

    /// <summary>The value's name: the layer's where it is a layer's output, such as <c>res1.dense2</c>; derived from it otherwise.</summary>
    public string Name { get; internal set; } = name;

    /// <summary>What computing the node gives besides its value, where anything uses it: nodes with the op <see cref="Ops.Result"/>.</summary>
    public IReadOnlyList<Node> Results => _results ?? (IReadOnlyList<Node>)[];

    /// <summary>The node whose memory the value is: itself, unless it is an alias.</summary>
    public Node Origin => Op.IsAlias ? Operands[0].Origin : this;

    public override string ToString() => $"%{Id}";

    internal void AddResult(Node result) => (_results ??= []).Add(result);
}

/// <summary>A layer as the user named it, and what the generated file says of it.</summary>
/// <param name="Path">Its name with the blocks around it: <c>res1.dense2</c>.</param>
/// <param name="Description">As the user wrote it: <c>Dense(4)</c>.</param>
public sealed record Layer(string Path, string Description);
