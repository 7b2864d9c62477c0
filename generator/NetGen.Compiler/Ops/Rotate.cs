using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// Rotary positions: at step t the pairs (i, i + d/2) of each head's queries and keys are turned by the angle <c>t base^(-2i/d)</c>. The operand holds queries, keys and values side by side,
/// <c>[B, T, 3 E]</c>; values stay.
/// </summary>
/// <param name="Time">Number of steps.</param>
/// <param name="HeadSize">Features of a head, an even number.</param>
/// <param name="Base">How slowly the angles of the last pairs grow.</param>
/// <param name="Inverse">Whether it turns back: the gradient.</param>
public sealed record Rotate(int Time, int HeadSize, float Base, bool Inverse = false) : Op
{
    public override string Attributes => $"heads of {HeadSize}, base {Literal.Plain(Base)}{(Inverse ? ", inverse" : "")}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    /// <summary>Angles know no last step.</summary>
    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands) => stream.Graph.Add(new RotateStep(this), operands, node.Name);

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape x = operands[0];
        Require(x is { Batched: true, Rank: 2 } && x.Extents[0] == Time && x.Last % (3 * HeadSize) == 0, "queries, keys and values at each step");
        return x;
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(this with { Inverse = !Inverse }, gradient);

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [new("RotaryTable", $"time: {Time}, headSize: {HeadSize}, baseOfAngles: {Literal.Of(Base)}", "Angles")];

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} with the pairs (i, i + {HeadSize / 2}) of q and k turned " +
        $"{(Inverse ? "back " : "")}by t · {Literal.Plain(Base)}^(-2i/{HeadSize}) at step t";

    public override string Emit(Node node, INames names) =>
        $"Rotary.{(Inverse ? "Gradient" : "Apply")}({names[node.Operands[0]]}, {names[node]}, width: {node.Shape.Last}, turned: {node.Shape.Last / 3 * 2}, {names.SharedObject(node)});";
}

/// <summary>One step of <see cref="Rotate"/>.</summary>
/// <param name="Sequence">What it is a step of.</param>
public sealed record RotateStep(Rotate Sequence) : Op
{
    public override string Attributes => Sequence.Attributes;

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Position];

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => Sequence.SharedObjectsOf(node);

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} with the pairs (i, i + {Sequence.HeadSize / 2}) of q and k turned " +
        $"by t · {Literal.Plain(Sequence.Base)}^(-2i/{Sequence.HeadSize}) at this step t";

    public override string Emit(Node node, INames names) =>
        $"{names[node.Operands[0]]}.CopyTo({names[node]});\nRotary.Step({names[node]}, turned: {node.Shape.Last / 3 * 2}, {names.SharedObject(node)}, position);";
}
