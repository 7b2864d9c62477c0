using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>Elements of one value added before and after each axis of a sample.</summary>
public sealed record Pad(EquatableArray<int> Before, EquatableArray<int> After, float Value = 0) : Op
{
    public override string Attributes => $"{string.Join(", ", Before)} before, {string.Join(", ", After)} after{(Value == 0 ? "" : $", {Literal.Of(Value)}")}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape shape = operands[0];
        Require(shape.Batched && shape.Rank == Before.Count && shape.Rank == After.Count, $"as many numbers as {shape} has axes");
        return Shape.Batch(shape.Extents.Select((extent, axis) => Before[axis] + extent + After[axis]));
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Shape shape = node.Operands[0].Shape;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (Before[axis] + After[axis] > 0)
            {
                gradient = builder.Add(new Slice(axis, Before[axis], shape.Extents[axis]), gradient);
            }
        }
        return gradient;
    }

    public override bool UsesBatch(Node node) => true;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) =>
        [new("BorderWidths", $"extents: {List(node.Operands[0].Shape.Extents)}, before: {List(Before)}, after: {List(After)}", "Border")];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} within {Literal.Plain(Value)}, {List(Before)} before and {List(After)} after";

    public override string Emit(Node node, INames names) =>
        $"Border.Add({names[node.Operands[0]]}, {names[node]}, images: batch, {names.SharedObject(node)}, value: {Literal.Of(Value)});";

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers)}]";
}
