using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Which statistic runs.</summary>
public enum RunningStatistic
{
    Mean,

    /// <summary>The unbiased one.</summary>
    Variance,
}

/// <summary>
/// An effect: moves a running statistic (operand 0, a <see cref="State"/>) towards that of the batch (operand 1, <see cref="BatchMoments"/>). Its value is the state itself.
/// </summary>
/// <param name="Statistic">Which one.</param>
/// <param name="Pixels">Pixels of a sample.</param>
/// <param name="Momentum">How much a batch counts.</param>
public sealed record UpdateRunning(RunningStatistic Statistic, int Pixels, float Momentum) : Op
{
    public override string Mnemonic => $"UpdateRunning{Statistic}";

    public override string Attributes => Statistic == RunningStatistic.Variance ? $"{Pixels}, {Literal.Of(Momentum)}" : Literal.Of(Momentum);

    public override bool HasEffect => true;

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[1] == Shape.Of(3, operands[0].Last), "a running statistic and the moments of a batch");
        return operands[0];
    }

    public override WorkSplit SplitOf(Node node) => WorkSplit.None;

    public override bool UsesBatch(Node node) => Statistic == RunningStatistic.Variance;

    public override string Formula(Node node, INames names)
    {
        string kept = $"{names[node]} = {Literal.Plain(1 - Momentum)} {names[node]} + {Literal.Plain(Momentum)}";
        string moments = $"[μ, σ², r] = {names[node.Operands[1]]}";
        return Statistic == RunningStatistic.Mean ? $"{kept} μ,  {moments}" : $"{kept} n / (n - 1) σ²,  n = {Count},  {moments}";
    }

    public override string Emit(Node node, INames names)
    {
        string count = Statistic == RunningStatistic.Variance ? $", count: {Count}" : "";
        return $"ChannelNorm.Update{Statistic}({names[node.Operands[1]]}, {names[node]}, momentum: {Literal.Of(Momentum)}{count});";
    }

    private Size Count => new(Pixels, 0);
}
