using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// Something that a node computes besides its value, such as what the backward pass of a recurrence needs. It is written when the node runs, and only where something uses it.
/// </summary>
/// <param name="Index">Which of the node's further results.</param>
/// <param name="Name">What it is, for those who read the code: <c>Gates</c> of <c>lstm1</c> are called <c>lstm1Gates</c>.</param>
/// <param name="Shape">Of the result.</param>
/// <param name="InPlaceOf">The operand of the node whose memory it may take over; null for none.</param>
public sealed record Result(int Index, string Name, Shape Shape, int? InPlaceOf = null) : Op
{
    public override string Mnemonic => Name;

    public override string Attributes => $"{Index}";

    public override Shape InferShape(IReadOnlyList<Shape> operands) => Shape;

    public override WorkSplit SplitOf(Node node) => node.Operands[0].Op.SplitOf(node.Operands[0]);

    public override string Formula(Node node, INames names) => throw new GraphException("a further result is computed with its node");

    public override string Emit(Node node, INames names) => throw new GraphException("a further result is computed with its node");
}
