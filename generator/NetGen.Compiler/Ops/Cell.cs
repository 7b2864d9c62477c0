using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// A recurrent cell: one step of a recurrence as a graph. The runtime's struct of the same name computes that graph in one pass, forwards and backwards; tests run the
/// graph itself.
/// </summary>
/// <param name="Kind">The runtime's struct.</param>
/// <param name="Gates">Vectors of units that input and state are projected to.</param>
/// <param name="States">Vectors of units that a step hands to the next; the first is the output.</param>
/// <param name="KeepsGates">Whether the backward pass needs the gates, and one more vector of units; otherwise the output is all that it needs.</param>
/// <param name="Flops">Of a step for each unit, beside the products.</param>
/// <param name="Formula">One line of mathematics, with <c>x</c> for the projected input and <c>r</c> for the projected state.</param>
/// <param name="ProjectsApart">Whether the gradient of the projected state differs from that of the projected input.</param>
/// <param name="Step">Builds the next states from the projected input, the projected output of the step before, and the states before.</param>
public sealed record Cell(string Kind, int Gates, int States, bool KeepsGates, int Flops, bool ProjectsApart, string Formula, Func<CellBuilder, IReadOnlyList<Node>> Step)
{
    /// <summary><c>h' = tanh(x + r)</c>.</summary>
    public static Cell Tanh { get; } = new("RnnCell<Tanh>", 1, 1, KeepsGates: false, Flops: 2, ProjectsApart: false, "h = tanh(x + r)", static cell => [cell.Apply("Tanh", cell.Sum(0))]);

    /// <summary><c>h' = max(x + r, 0)</c>.</summary>
    public static Cell ReLU { get; } = new("RnnCell<ReLU>", 1, 1, KeepsGates: false, Flops: 2, ProjectsApart: false, "h = max(x + r, 0)", static cell => [cell.Apply("ReLU", cell.Sum(0))]);

    /// <summary>The long short-term memory of PyTorch: gates i, f, g, o; states h, c.</summary>
    public static Cell Lstm { get; } = new(
        "LstmCell", 4, 2, KeepsGates: true, Flops: 14, ProjectsApart: false, "h = o ⊙ tanh(c),  c = f ⊙ c' + i ⊙ g,  i, f, o = σ(x + r),  g = tanh(x + r)",
        static cell =>
        {
            (Node i, Node f, Node g, Node o) = (cell.Apply("Sigmoid", cell.Sum(0)), cell.Apply("Sigmoid", cell.Sum(1)), cell.Apply("Tanh", cell.Sum(2)), cell.Apply("Sigmoid", cell.Sum(3)));
            Node c = cell.Add(cell.Times(f, cell.States[1]), cell.Times(i, g));
            return [cell.Times(o, cell.Apply("Tanh", c)), c];
        });

    /// <summary>The gated recurrent unit of PyTorch: gates r, z, n; the state's projection of n is inside the product with r.</summary>
    public static Cell Gru { get; } = new(
        "GruCell", 3, 1, KeepsGates: true, Flops: 12, ProjectsApart: true, "h = (1 - z) ⊙ n + z ⊙ h',  r, z = σ(x + r),  n = tanh(x + r ⊙ (state's part of n))",
        static cell =>
        {
            (Node r, Node z) = (cell.Apply("Sigmoid", cell.Sum(0)), cell.Apply("Sigmoid", cell.Sum(1)));
            Node n = cell.Apply("Tanh", cell.Add(cell.Projection(2), cell.Times(r, cell.Recurrent(2))));
            // n + z (h - n)
            return [cell.Add(n, cell.Times(z, cell.Subtract(cell.States[0], n)))];
        });

    /// <summary>One step over a number of units.</summary>
    public CellBody Body(int units)
    {
        var builder = new CellBuilder(this, units);
        return new(builder.Graph, builder.Input, builder.StateProjection, builder.States, Step(builder));
    }

    // The delegate is the kind's own.
    public bool Equals(Cell? other) => other is not null && Kind == other.Kind;

    public override int GetHashCode() => Kind.GetHashCode();
}

/// <summary>The graph of one step.</summary>
/// <param name="Graph">Holds it.</param>
/// <param name="Projection">The projected input, <c>[B, gates * units]</c>.</param>
/// <param name="Recurrent">The projected output of the step before, likewise.</param>
/// <param name="States">The states before, <c>[B, units]</c> each.</param>
/// <param name="Next">The states after.</param>
public sealed record CellBody(GraphBuilder Graph, Node Projection, Node Recurrent, IReadOnlyList<Node> States, IReadOnlyList<Node> Next);

/// <summary>Builds the graph of a step, over a number of units.</summary>
public sealed class CellBuilder
{
    private readonly int _units;

    public CellBuilder(Cell cell, int units)
    {
        _units = units;
        Input = Graph.Add(new Input(Shape.Batch(cell.Gates * units)));
        StateProjection = Graph.Add(new Input(Shape.Batch(cell.Gates * units)));
        States = [.. Enumerable.Range(0, cell.States).Select(_ => Graph.Add(new Input(Shape.Batch(units))))];
    }

    public GraphBuilder Graph { get; } = new();

    public Node Input { get; }

    public Node StateProjection { get; }

    public IReadOnlyList<Node> States { get; }

    /// <summary>A gate's part of the projected input.</summary>
    public Node Projection(int gate) => Graph.Add(new Slice(0, gate * _units, _units), Input);

    /// <summary>A gate's part of the projected state.</summary>
    public Node Recurrent(int gate) => Graph.Add(new Slice(0, gate * _units, _units), StateProjection);

    /// <summary>Both.</summary>
    public Node Sum(int gate) => Add(Projection(gate), Recurrent(gate));

    public Node Add(Node a, Node b) => Graph.Add(new Arithmetic(ArithmeticKind.Add), a, b);

    public Node Subtract(Node a, Node b) => Graph.Add(new Arithmetic(ArithmeticKind.Subtract), a, b);

    public Node Times(Node a, Node b) => Graph.Add(new Arithmetic(ArithmeticKind.Multiply), a, b);

    public Node Apply(string function, Node x) => Graph.Add(new Activate(new Activation(ActivationFunction.Named(function))), x);
}
