using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Joins values along one axis of a sample.</summary>
public sealed record Concat(int Axis) : Op
{
    public override string Attributes => $"axis {Axis}";

    public override bool IsPerStep(Node node) => Axis == 1;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape first = operands[0];
        Require(operands.All(shape => WithAxis(shape, 1) == WithAxis(first, 1)), "shapes that are equal but for the joined axis");
        return WithAxis(first, operands.Sum(shape => shape.Extents[Axis]));
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        int start = node.Operands.Take(operand).Sum(before => before.Shape.Extents[Axis]);
        return builder.Add(new Slice(Axis, start, node.Operands[operand].Shape.Extents[Axis]), gradient);
    }

    public override bool UsesBatch(Node node) => node.Shape.Batched;

    public override string Formula(Node node, INames names) => $"{names[node]} = [{string.Join(", ", node.Operands.Select(operand => names[operand]))}]";

    public override string Emit(Node node, INames names)
    {
        int total = Strides.Inner(node.Shape, Axis);
        int start = 0;
        var copies = new List<string>();
        foreach (Node operand in node.Operands)
        {
            int width = Strides.Inner(operand.Shape, Axis);
            string destination = start == 0 ? names[node] : $"{names[node]}.Slice({start})";
            copies.Add($"Strided.Copy({names[operand]}, sourceStride: {width}, {destination}, destinationStride: {total}, rows: {Strides.Rows(operand.Shape, Axis)}, width: {width});");
            start += width;
        }
        return string.Join("\n", copies);
    }

    private Shape WithAxis(Shape shape, int extent) => new(shape.Batched, new(shape.Extents.Select((existing, axis) => axis == Axis ? extent : existing)));
}
