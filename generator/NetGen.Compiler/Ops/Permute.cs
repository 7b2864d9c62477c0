using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>The axes of a sample in another order: axis i of the result is axis <c>Order[i]</c> of the operand.</summary>
public sealed record Permute(EquatableArray<int> Order) : Op
{
    public override string Attributes => string.Join(", ", Order);

    /// <summary>Adds a permutation, or only a reshape where memory stays as it is because the axes that move are of one element.</summary>
    public static Node Add(GraphBuilder builder, Node operand, IReadOnlyList<int> order, string? name = null)
    {
        IReadOnlyList<int> extents = operand.Shape.Extents;
        int[] moving = [.. order.Where(axis => extents[axis] != 1)];
        bool stays = moving.SequenceEqual(moving.OrderBy(axis => axis));
        Op op = stays ? new Reshape(Shape.Batch(order.Select(axis => extents[axis]))) : new Permute(new EquatableArray<int>(order));
        return builder.Add(op, [operand], name);
    }

    /// <summary>The order that brings an image's channels from the first place to the last.</summary>
    public static IReadOnlyList<int> ToChannelsLast(int rank) => [.. Enumerable.Range(1, rank - 1), 0];

    /// <summary>The order that brings an image's channels from the last place to the first.</summary>
    public static IReadOnlyList<int> ToChannelsFirst(int rank) => [rank - 1, .. Enumerable.Range(0, rank - 1)];

    /// <summary>The order that undoes another.</summary>
    public static int[] Inverse(IReadOnlyList<int> order)
    {
        var inverse = new int[order.Count];
        for (int axis = 0; axis < order.Count; axis++)
        {
            inverse[order[axis]] = axis;
        }
        return inverse;
    }

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape shape = operands[0];
        Require(shape.Batched && Order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, shape.Rank)), $"an order of the axes of {shape}");
        return Shape.Batch(Order.Select(axis => shape.Extents[axis]));
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(new Permute(new EquatableArray<int>(Inverse(Order))), gradient);

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} with its axes {node.Operands[0].Shape} in the order {node.Shape}";

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) =>
        [new("AxisOrder", $"extents: [{string.Join(", ", node.Operands[0].Shape.Extents)}], order: [{string.Join(", ", Order)}]", "AxisOrder")];

    public override string Emit(Node node, INames names) => $"Permutation.Apply({names[node.Operands[0]]}, {names[node]}, images: batch, {names.SharedObject(node)});";
}
