using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary><c>y = x</c> where x is a number and <c>fill</c> where it is NaN; operand 1, the fill, runs along one axis of x. Of raw input only, so that it has no gradient.</summary>
/// <param name="Axis">The axis of a sample that the fill runs along.</param>
public sealed record FillMissing(int Axis) : Op
{
    public override string Attributes => $"axis {Axis}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => Axis == node.Shape.Rank - 1;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[1] == Shape.Of(operands[0].Extents[Axis]), $"a vector along an axis, got {operands[0]} and {operands[1]}");
        return operands[0];
    }

    public override long Flops(Node node) => node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string x = names[node.Operands[0]];
        return $"{names[node]} = {x} is NaN ? {names[node.Operands[1]]} : {x}";
    }

    public override bool IsElementwise => true;

    // |x| > -1 holds for every number, and for NaN nothing does.
    public override string EmitLanes(IReadOnlyList<string> operands) => $"V.SelectGreater(V.Abs({operands[0]}), V.Broadcast(-1f), {operands[0]}, {operands[1]})";

    public override string Emit(Node node, INames names) =>
        $"Broadcast.FillMissing({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, {SumTo.Along(node.Shape, Axis)});";
}
