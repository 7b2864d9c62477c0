using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Adds to each step a vector of its own: operands are a sequence, <c>[B, T, F]</c>, and the vectors, <c>[T, F]</c>.</summary>
public sealed record AddPositions : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] is { Batched: true, Rank: 2 } && operands[1] == new Shape(false, operands[0].Extents), "a vector for each step");
        return operands[0];
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        if (operand == 0)
        {
            return gradient;
        }
        Node flat = builder.Add(new Reshape(Shape.Batch((int)node.Shape.Count)), gradient);
        return builder.Add(new Reshape(node.Operands[1].Shape), builder.Add(new SumTo(0), flat));
    }

    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands)
    {
        stream.AtMost(node.Shape.Extents[0]);
        return stream.Graph.Add(new AddPositionStep(), operands, node.Name);
    }

    public override long Flops(Node node) => node.Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]} + {names[node.Operands[1]]} at each step";

    public override string Emit(Node node, INames names) =>
        $"Broadcast.Add({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, length: {node.Shape.Count}, inner: 1);";
}

/// <summary>One step of <see cref="AddPositions"/>.</summary>
public sealed record AddPositionStep : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Position];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == Shape.Batch(1, operands[1].Last), "one step");
        return operands[0];
    }

    public override long Flops(Node node) => node.Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]} + {names[node.Operands[1]]} of this step";

    public override string Emit(Node node, INames names) =>
        $"Elementwise.Add({names[node.Operands[0]]}, {names[node.Operands[1]]}.Slice((int)position * {node.Shape.Last}, {node.Shape.Last}), {names[node]});";
}
