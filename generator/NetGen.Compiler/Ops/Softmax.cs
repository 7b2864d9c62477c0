using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Softmax over the last axis: <c>y_i = exp(x_i) / Σ_j exp(x_j)</c>.</summary>
public sealed record Softmax : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(new SoftmaxGradient(), node, gradient);

    public override long Flops(Node node) => 4 * node.Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = softmax({names[node.Operands[0]]})";

    public override string Emit(Node node, INames names) => $"Softmax.Forward({names[node.Operands[0]]}, {names[node]}, width: {node.Shape.Last});";
}

/// <summary>The gradient of <see cref="Softmax"/> from its output (operand 0) and the output's gradient (operand 1).</summary>
public sealed record SoftmaxGradient : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [1];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == operands[1], "equal shapes");
        return operands[0];
    }

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = y ⊙ (g - Σ_j g_j y_j),  y = {names[node.Operands[0]]},  g = {names[node.Operands[1]]}";

    public override string Emit(Node node, INames names) =>
        $"Softmax.Gradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, width: {node.Shape.Last});";
}
