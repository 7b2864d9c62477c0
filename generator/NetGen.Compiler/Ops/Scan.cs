using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// A recurrence over time: the body of <see cref="Cell"/>, step after step, each reading the states of the one before. Operands: the projected input of all steps
/// <c>[B, T, gates * units]</c>, the weight of the state <c>[units, gates * units]</c> and its bias; where states are carried, those before the first step, <c>[B, states * units]</c>, which
/// become those after the last one, and which otherwise start at zero. The value is the first state after each step, <c>[B, T, units]</c>, 0 where the sequence has ended.
/// </summary>
/// <param name="Cell">What a step does.</param>
/// <param name="Reverse">Whether it goes from the last step to the first.</param>
/// <param name="HasLengths">Whether the sequences of a batch may differ in length.</param>
/// <param name="Carries">Whether states are carried. No gradient goes back through them.</param>
public sealed record Scan(Cell Cell, bool Reverse, bool HasLengths, bool Carries = false) : Op
{
    /// <summary>The gates of each step after their activation, <c>[B, T, gates * units]</c>, for the backward pass of cells that keep them.</summary>
    public const int Gates = 0;

    /// <summary>What else the backward pass of those needs of each step, <c>[B, T, units]</c>.</summary>
    public const int Saved = 1;

    /// <summary>The first state before each step, <c>[B, T, units]</c>: what the weight's gradient multiplies.</summary>
    public const int Previous = 2;

    public override string Attributes => $"{Cell.Kind}{(Reverse ? ", reverse" : "")}{(Carries ? ", carries" : "")}";

    public override IReadOnlyList<Ambient> Ambients => HasLengths ? [Ambient.Lengths] : [];

    public override IReadOnlyList<int> ModifiedOperands => Carries ? [3] : [];

    /// <summary>A prediction starts at zero.</summary>
    public override Node? InPrediction(GraphBuilder builder, IReadOnlyList<Node> operands) => Carries ? builder.Add(this with { Carries = false }, [.. operands.Take(3)]) : null;

    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands) => Reverse ? null
        : stream.Graph.Add(new ScanStep(Cell), [.. operands, stream.Remember("state", Shape.Of(Cell.States, node.Shape.Last))], node.Name);

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape projection, Shape weight, Shape bias) = (operands[0], operands[1], operands[2]);
        int units = weight.Extents[0];
        Require(projection is { Batched: true, Rank: 2 } && projection.Last == Cell.Gates * units, $"{Cell.Gates} gates of {units} units at each step, got {projection}");
        Require(weight == Shape.Of(units, Cell.Gates * units) && bias == Shape.Of(Cell.Gates * units), "a weight and a bias of all gates");
        Require(operands.Count == (Carries ? 4 : 3) && (!Carries || operands[3] == Shape.Batch(Cell.States * units)), "the states of each sequence where they are carried, and no others");
        return projection.WithLast(units);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        (Node projection, Node weight) = (node.Operands[0], node.Operands[1]);
        Node previous = builder.AddOnce(new Result(Previous, nameof(Previous), node.Shape), node);
        Node[] kept = !Cell.KeepsGates ? [] : [
            builder.AddOnce(new Result(Gates, nameof(Gates), projection.Shape, InPlaceOf: 0), node),
            builder.AddOnce(new Result(Saved, nameof(Saved), node.Shape), node)];
        Node ofInput = builder.AddOnce(new ScanGradient(Cell, Reverse, HasLengths), [gradient, node, .. kept, previous, weight]);
        if (operand == 0)
        {
            return ofInput;
        }
        Node ofState = Cell.ProjectsApart ? builder.AddOnce(new Result(ScanGradient.OfState, nameof(ScanGradient.OfState), projection.Shape), ofInput) : ofInput;
        return operand == 1 ? builder.Add(new MatMul(MatMulForm.TransposedLeft), previous, ofState) : builder.AddOnce(new SumTo(1), ofState);
    }

    public override long Flops(Node node) => (node.Operands[1].Shape.Count * 2 * node.Shape.Extents[0]) + (Cell.Flops * node.Shape.Count);

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = h at each step{(Reverse ? ", from the last to the first" : "")}:  {Cell.Formula},  x = {names[node.Operands[0]]},  " +
        $"r = h' · {names[node.Operands[1]]} + {names[node.Operands[2]]}{(Carries ? $",  from {names[node.Operands[3]]} on, which become the last ones" : "")}";

    public override string Emit(Node node, INames names)
    {
        string carried = Carries ? names[node.Operands[3]] : "default";
        string Kept(string name, int index) => names.Result(node, index) is var result && result == "default" ? $"{name}: default" : result;
        return $"Recurrence.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, initial: {carried}, {LengthsOf(HasLengths)}, " +
            $"{names[node]}, {Kept("gates", Gates)}, {Kept("saved", Saved)}, {Kept("previous", Previous)}, final: {carried}, " +
            $"{Sizes(node.Shape, Reverse)}, default({Cell.Kind}));";
    }

    /// <summary>The argument that says which steps are real.</summary>
    internal static string LengthsOf(bool hasLengths) => hasLengths ? Ambient.Lengths.Name : "lengths: default";

    internal static string Sizes(Shape hidden, bool reverse) =>
        $"samples: batch, steps: {hidden.Extents[0]}, units: {hidden.Last}, reverse: {(reverse ? "true" : "false")}";
}

/// <summary>One step of a <see cref="Scan"/>. Operands: the projected input <c>[B, 1, gates * units]</c>, the weight of the state, its bias, and the states, which move on.</summary>
/// <param name="Cell">What a step does.</param>
public sealed record ScanStep(Cell Cell) : Op
{
    public override string Attributes => Cell.Kind;

    public override IReadOnlyList<int> ModifiedOperands => [3];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape projection, Shape weight) = (operands[0], operands[1]);
        int units = weight.Extents[0];
        Require(projection == Shape.Batch(1, Cell.Gates * units) && operands[3] == Shape.Of(Cell.States, units), "gates of one step, and states");
        return projection.WithLast(units);
    }

    public override long Flops(Node node) => (2 * node.Operands[1].Shape.Count) + (Cell.Flops * node.Shape.Count);

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = h:  {Cell.Formula},  x = {names[node.Operands[0]]},  " +
        $"r = h' · {names[node.Operands[1]]} + {names[node.Operands[2]]},  states in {names[node.Operands[3]]}";

    public override string Emit(Node node, INames names) =>
        $"Recurrence.Step({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, " +
        $"{names[node]}, units: {node.Shape.Last}, default({Cell.Kind}));";
}

/// <summary>
/// Backpropagation through time: the gradient of <see cref="Scan"/> with respect to the projected input of every step, <c>[B, T, gates * units]</c>. Operands: the gradient of its value, the
/// value, the gates and what else the scan saved where the cell keeps them, the states before, and the weight.
/// </summary>
/// <param name="Cell">What a step does.</param>
/// <param name="Reverse">As the scan.</param>
/// <param name="HasLengths">As the scan.</param>
public sealed record ScanGradient(Cell Cell, bool Reverse, bool HasLengths) : Op
{
    /// <summary>The gradient with respect to the projected state, for cells where it differs: <see cref="Cell.ProjectsApart"/>.</summary>
    public const int OfState = 0;

    public override string Attributes => $"{Cell.Kind}{(Reverse ? ", reverse" : "")}";

    public override IReadOnlyList<Ambient> Ambients => HasLengths ? [Ambient.Lengths] : [];

    public override IReadOnlyList<int> InPlaceOperands => Cell.KeepsGates ? [2] : [];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape value, Shape weight) = (operands[1], operands[operands.Count - 1]);
        Shape ofInput = value.WithLast(weight.Last);
        Shape[] kept = Cell.KeepsGates ? [ofInput, value] : [];
        Require(operands.SequenceEqual([value, value, .. kept, value, weight]), "a gradient, the value, what was kept, the states before and the weight");
        return ofInput;
    }

    public override long Flops(Node node) => (Weight(node).Shape.Count * 2 * node.Shape.Extents[0]) + (2 * Cell.Flops * node.Operands[0].Shape.Count);

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = dL/dx at each step, {(Reverse ? "from the first to the last" : "from the last to the first")}:  " +
        $"dL/dh + what the step after gives back · {names[Weight(node)]}ᵀ,  through {Cell.Formula}";

    public override string Emit(Node node, INames names)
    {
        string kept = Cell.KeepsGates ? $"{names[node.Operands[2]]}, {names[node.Operands[3]]}" : "gates: default, saved: default";
        return $"Recurrence.Backward({names[node.Operands[0]]}, dFinal: default, {names[node.Operands[1]]}, {kept}, {names[node.Operands[node.Operands.Count - 2]]}, " +
            $"{Scan.LengthsOf(HasLengths)}, {names[Weight(node)]}, {names[node]}, dProduct: {names.Result(node, OfState)}, " +
            $"dInitial: default, {Scan.Sizes(node.Operands[1].Shape, Reverse)}, default({Cell.Kind}));";
    }

    private static Node Weight(Node node) => node.Operands[node.Operands.Count - 1];
}
