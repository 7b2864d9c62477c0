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
        $"{names[node]} = {names[node.Operands[0]]} with the pairs (i, i + {HeadSize / 2}) of q and k turned {(Inverse ? "back " : "")}by t · {Literal.Plain(Base)}^(-2i/{HeadSize}) at step t";

    public override string Emit(Node node, INames names) =>
        $"Rotary.{(Inverse ? "Gradient" : "Apply")}({names[node.Operands[0]]}, {names[node]}, width: {node.Shape.Last}, turned: {node.Shape.Last / 3 * 2}, {names.SharedObject(node)});";
}
