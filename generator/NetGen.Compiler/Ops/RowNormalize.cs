using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// What each row (the last axis) is normalised with, <c>[B, ..., 2]</c>: its mean and <c>1 / sqrt(variance + epsilon)</c>; not centred, 0 and <c>1 / sqrt(mean of x² + epsilon)</c>.
/// </summary>
/// <param name="Centred">Whether the mean is taken away.</param>
/// <param name="Epsilon">Added to the variance or mean square.</param>
public sealed record RowMoments(bool Centred, float Epsilon) : Op
{
    public override string Attributes => $"{(Centred ? "centred, " : "")}{Literal.Of(Epsilon)}";

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0].WithLast(2);

    public override long Flops(Node node) => (Centred ? 4 : 2) * node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) => Centred
        ? $"{names[node]} = [μ, r] of each row,  r = 1 / √(σ² + {Literal.Plain(Epsilon)}),  μ and σ² = mean and variance of {names[node.Operands[0]]}"
        : $"{names[node]} = [0, r] of each row,  r = 1 / √(mean of x² + {Literal.Plain(Epsilon)}),  x = {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) =>
        $"RowNorm.Moments({names[node.Operands[0]]}, {names[node]}, width: {node.Operands[0].Shape.Last}, epsilon: {Literal.Of(Epsilon)}, centred: {Literal.Of(Centred)});";
}

/// <summary><c>y = weight (x - μ) r + bias</c> for each row; operands: x, <see cref="RowMoments"/>, weight and, where there is one, bias.</summary>
/// <param name="Centred">Whether μ is the row's mean; 0 otherwise.</param>
public sealed record RowNormalize(bool Centred) : Op
{
    public override string Attributes => Centred ? "centred" : "";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape x = operands[0];
        Require(
            operands[1] == x.WithLast(2) && operands[2] == Shape.Of(x.Last) && (operands.Count == 3 || operands[3] == operands[2]),
            "x, moments of its rows, a weight and perhaps a bias");
        return x;
    }

    /// <summary>That the moments depend on x too is part of x's gradient, so they have none of their own.</summary>
    public override Node? Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => operand switch
    {
        0 => builder.Add(new RowNormalizeInputGradient(Centred), gradient, node.Operands[0], node.Operands[1], node.Operands[2]),
        1 => null,
        2 => builder.Add(new RowNormalizeWeightGradient(), gradient, node.Operands[0], node.Operands[1]),
        _ => builder.Add(new SumTo(node.Shape.Rank - 1), gradient),
    };

    public override long Flops(Node node) => 4 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string bias = node.Operands.Count == 4 ? $" + {names[node.Operands[3]]}" : "";
        return $"{names[node]} = {names[node.Operands[2]]} ⊙ {(Centred ? "(x - μ)" : "x")} r{bias},  x = {names[node.Operands[0]]},  [μ, r] = {names[node.Operands[1]]}";
    }

    public override string Emit(Node node, INames names)
    {
        string bias = node.Operands.Count == 4 ? names[node.Operands[3]] : "default";
        return $"RowNorm.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {bias}, {names[node]});";
    }
}

/// <summary>The gradient of <see cref="RowNormalize"/> with respect to x; operands: its gradient, x, moments and weight.</summary>
/// <param name="Centred">Whether μ is the row's mean; 0 otherwise.</param>
public sealed record RowNormalizeInputGradient(bool Centred) : Op
{
    public override string Attributes => Centred ? "centred" : "";

    public override IReadOnlyList<int> InPlaceOperands => [0, 1];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == operands[1] && operands[2] == operands[0].WithLast(2) && operands[3] == Shape.Of(operands[0].Last), "a gradient, x like it, moments and a weight");
        return operands[0];
    }

    public override long Flops(Node node) => 9 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string mean = Centred ? "mean(g) - " : "";
        string normalized = Centred ? "(x - μ) r" : "x r";
        return $"{names[node]} = r (g - {mean}n mean(g n)),  g = {names[node.Operands[3]]} ⊙ {names[node.Operands[0]]},  n = {normalized},  " +
            $"x = {names[node.Operands[1]]},  [μ, r] = {names[node.Operands[2]]}";
    }

    public override string Emit(Node node, INames names) =>
        $"RowNorm.InputGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, {names[node]}, centred: {Literal.Of(Centred)});";
}

/// <summary>The gradient of <see cref="RowNormalize"/> with respect to its weight; operands: its gradient, x and moments.</summary>
public sealed record RowNormalizeWeightGradient : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == operands[1] && operands[2] == operands[0].WithLast(2), "a gradient, x like it and moments");
        return Shape.Of(operands[0].Last);
    }

    public override WorkSplit SplitOf(Node node) => WorkSplit.Outputs;

    public override long Flops(Node node) => 4 * node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = Σ g ⊙ (x - μ) r over all rows,  g = {names[node.Operands[0]]},  x = {names[node.Operands[1]]},  [μ, r] = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"RowNorm.WeightGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, worker);";
}
