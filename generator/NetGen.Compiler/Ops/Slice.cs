using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>A part of a value along one axis of a sample.</summary>
public sealed record Slice(int Axis, int Start, int Length) : Op
{
    public override string Attributes => $"axis {Axis}, {Start}..{Start + Length}";

    public override bool IsPerStep(Node node) => Axis == 1;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape shape = operands[0];
        Require(Start >= 0 && Length > 0 && Start + Length <= shape.Extents[Axis], $"a part of {shape}");
        return new(shape.Batched, new(shape.Extents.Select((existing, axis) => axis == Axis ? Length : existing)));
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Shape whole = node.Operands[0].Shape;
        var before = Enumerable.Range(0, whole.Rank).Select(axis => axis == Axis ? Start : 0);
        var after = Enumerable.Range(0, whole.Rank).Select(axis => axis == Axis ? whole.Extents[axis] - Start - Length : 0);
        return builder.Add(new Pad(new(before), new(after)), gradient);
    }

    public override bool UsesBatch(Node node) => node.Shape.Batched;

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]}[{Start}..{Start + Length}]";

    public override string Emit(Node node, INames names)
    {
        Shape whole = node.Operands[0].Shape;
        int inner = Strides.Inner(whole, Axis) / whole.Extents[Axis];
        string source = Start == 0 ? names[node.Operands[0]] : $"{names[node.Operands[0]]}.Slice({Start * inner})";
        int width = Length * inner;
        if (!whole.Batched && Strides.Rows(whole, Axis).Constant == 1)
        {
            return $"{names[node.Operands[0]]}.Slice({Start * inner}, {width}).CopyTo({names[node]});";
        }
        return $"Strided.Copy({source}, sourceStride: {Strides.Inner(whole, Axis)}, {names[node]}, destinationStride: {width}, rows: {Strides.Rows(whole, Axis)}, width: {width});";
    }
}
