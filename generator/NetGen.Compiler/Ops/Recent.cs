using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// The steps of a stream that a causal window sees, the oldest first, <c>[B, taps, F]</c>. Operands: this step, <c>[B, 1, F]</c>, and the ring of as many
/// steps as the window spans, which takes it in and lets the oldest go.
/// </summary>
/// <param name="Taps">Steps that the window sees.</param>
/// <param name="Dilation">From one of them to the next.</param>
public sealed record Recent(int Taps, int Dilation) : Op
{
    public override string Attributes => Dilation == 1 ? $"{Taps}" : $"{Taps}, dilation {Dilation}";

    public override IReadOnlyList<int> ModifiedOperands => [1];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Position];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int features = operands[0].Last;
        Require(operands[0] == Shape.Batch(1, features) && operands[1] == Shape.Of((Dilation * (Taps - 1)) + 1, features), "one step, and what is remembered");
        return Shape.Batch(Taps, features);
    }

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} after the {Taps - 1} steps before it{(Dilation == 1 ? "" : $", each {Dilation} steps apart")}";

    public override string Emit(Node node, INames names) =>
        $"History.Push({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, position, taps: {Taps}, dilation: {Dilation});";
}
