using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// Drops elements at random and scales the rest. Which ones is a function of seed, step, layer and element, so the mask is never stored: the gradient
/// is the same op on the gradient.
/// </summary>
/// <param name="Rate">The probability that an element is dropped.</param>
/// <param name="Stream">Which of the network's dropout layers this is.</param>
public sealed record Dropout(float Rate, int Stream) : Op
{
    public override string Attributes => $"{Literal.Of(Rate)}, stream {Stream}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Seed, Ambient.Step, Ambient.FirstSample];

    private static string First(Node node) => node.Shape.Count == 1 ? "firstSample" : $"{node.Shape.Count} * firstSample";

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(this, gradient);

    public override Node InPrediction(GraphBuilder builder, IReadOnlyList<Node> operands) => operands[0];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} ⊙ mask / {Literal.Plain(1 - Rate)},  the mask being a function of seed, step and element";

    public override string Emit(Node node, INames names) =>
        $"Dropout.Apply({names[node.Operands[0]]}, {names[node]}, rate: {Literal.Of(Rate)}, seed, step, layer: {Stream}, first: {First(node)});";
}
