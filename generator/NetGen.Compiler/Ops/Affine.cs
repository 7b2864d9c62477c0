using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary><c>y = factor x + offset</c> with constants.</summary>
public sealed record Affine(float Factor, float Offset = 0) : Op
{
    public override string Attributes => Offset == 0 ? Literal.Of(Factor) : $"{Literal.Of(Factor)}, {Literal.Of(Offset)}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(new Affine(Factor), gradient);

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string product = $"{names[node]} = {Literal.Plain(Factor)} {names[node.Operands[0]]}";
        return Offset == 0 ? product : $"{product} + {Literal.Plain(Offset)}";
    }

    public override bool IsElementwise => true;

    public override string EmitLanes(IReadOnlyList<string> operands) => Offset == 0
        ? $"{operands[0]} * V.Broadcast({Literal.Of(Factor)})"
        : $"V.MultiplyAdd({operands[0]}, V.Broadcast({Literal.Of(Factor)}), V.Broadcast({Literal.Of(Offset)}))";

    public override ChainTerm Term(IReadOnlyList<ChainTerm> operands) => ChainTerm.Of(
        "Rescaled", "", $"{Literal.Of(Factor)}, {Literal.Of(Offset)}", operands, $"({Literal.Plain(Factor)} {operands[0].Formula}{(Offset == 0 ? "" : $" + {Literal.Plain(Offset)}")})");

    public override string Emit(Node node, INames names) =>
        $"Elementwise.Affine({names[node.Operands[0]]}, {names[node]}, scale: {Literal.Of(Factor)}, shift: {Literal.Of(Offset)});";
}
