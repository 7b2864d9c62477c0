using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>The four operations.</summary>
public enum ArithmeticKind
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>
/// <c>a op b</c>, element by element. <c>b</c> has the shape of <c>a</c>, or is a vector that runs along one axis of <c>a</c>: one for all samples (a bias, a mean), or
/// one for each (the weights that squeeze-and-excitation gives the channels).
/// </summary>
/// <param name="Kind">Which operation.</param>
/// <param name="Axis">The axis of a sample that a vector runs along; null for equal shapes.</param>
public sealed record Arithmetic(ArithmeticKind Kind, int? Axis = null) : Op
{
    public override string Mnemonic => Kind.ToString();

    public override string Attributes => Axis is { } axis ? $"axis {axis}" : "";

    public override IReadOnlyList<int> InPlaceOperands => Axis is null ? [0, 1] : [0];

    public override bool IsPerStep(Node node) => Axis is null || Axis == node.Shape.Rank - 1;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape a, Shape b) = (operands[0], operands[1]);
        bool fits = Axis is { } axis ? b.Rank == 1 && b.Last == a.Extents[axis] && (a.Batched || !b.Batched) : a == b;
        Require(fits, $"equal shapes or a vector along an axis, got {a} and {b}");
        return a;
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Node b = node.Operands[1];
        if (operand == 0)
        {
            return Kind is ArithmeticKind.Add or ArithmeticKind.Subtract ? gradient : builder.Add(this, gradient, b);
        }
        Node full = Kind switch
        {
            ArithmeticKind.Add => gradient,
            ArithmeticKind.Subtract => builder.Add(new Affine(-1), gradient),
            ArithmeticKind.Multiply => builder.Add(new Arithmetic(ArithmeticKind.Multiply), gradient, node.Operands[0]),
            // d(a / b) / db = -(a / b) / b
            _ => builder.Add(new Affine(-1), builder.Add(this, builder.Add(new Arithmetic(ArithmeticKind.Multiply), gradient, node), b)),
        };
        // Two biases of one value, as a recurrence has, are one sum.
        return Axis is { } axis ? builder.AddOnce(new SumTo(axis, PerSample: b.Shape.Batched), full) : full;
    }

    public override long Flops(Node node) => node.Shape.Count;

    private string Sign => Kind switch
    {
        ArithmeticKind.Add => "+",
        ArithmeticKind.Subtract => "-",
        ArithmeticKind.Multiply => "⊙",
        _ => "/",
    };

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]} {Sign} {names[node.Operands[1]]}";

    public override bool IsElementwise => true;

    public override string EmitLanes(IReadOnlyList<string> operands)
    {
        char sign = Kind switch
        {
            ArithmeticKind.Add => '+',
            ArithmeticKind.Subtract => '-',
            ArithmeticKind.Multiply => '*',
            _ => '/',
        };
        return $"{operands[0]} {sign} {operands[1]}";
    }

    public override ChainTerm? Term(IReadOnlyList<ChainTerm> operands) => Axis is not null ? null : ChainTerm.Of(
        Kind switch { ArithmeticKind.Add => "Sum", ArithmeticKind.Subtract => "Difference", ArithmeticKind.Multiply => "Times", _ => "Quotient" },
        "", "", operands, $"({operands[0].Formula} {Sign} {operands[1].Formula})");

    public override string Emit(Node node, INames names)
    {
        string operands = $"{names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}";
        return Axis is { } axis
            ? $"Broadcast.{Kind}({operands}, {SumTo.Along(node.Shape, axis)});"
            : $"Elementwise.{Kind}({operands});";
    }
}
