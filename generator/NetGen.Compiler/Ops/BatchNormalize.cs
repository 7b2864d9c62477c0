using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// <c>y = weight (x - μ) r + bias</c> over the last axis, with the moments of a batch (operand 1, from <see cref="BatchMoments"/>); operands 2 and 3 are weight and bias. In
/// prediction the running statistics take the place of the moments.
/// </summary>
/// <param name="Mean">The state that holds the running mean.</param>
/// <param name="Variance">The state that holds the running variance.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record BatchNormalize(string Mean, string Variance, float Epsilon) : Op
{
    public override string Attributes => $"{Mean}, {Variance}, {Literal.Of(Epsilon)}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands.Count == 4 && operands[1] == Shape.Of(3, channels) && operands[2] == Shape.Of(channels) && operands[3] == operands[2], "x, moments, weight and bias");
        return operands[0];
    }

    /// <summary>x, weight and bias share the sums over the batch. That the moments depend on x too is part of x's gradient, so they have none of their own.</summary>
    public override Node? Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        if (operand == 1)
        {
            return null;
        }
        (Node x, Node moments, Node weight) = (node.Operands[0], node.Operands[1], node.Operands[2]);
        int channels = x.Shape.Last;
        Node ofSamples = builder.AddOnce(new ChannelGradientSums(), x, moments, gradient);
        Node flat = builder.AddOnce(new Reshape(Shape.Batch(2 * channels)), ofSamples);
        Node sums = builder.AddOnce(new SumTo(0), flat);
        builder.NameLast(sums, $"{builder.Layer.Path}.gradientSums");
        return operand switch
        {
            0 => builder.Add(new BatchNormalizeInputGradient(), gradient, x, moments, weight, sums),
            2 => builder.Add(new Slice(0, channels, channels), sums),
            _ => builder.Add(new Slice(0, 0, channels), sums),
        };
    }

    public override Node InPrediction(GraphBuilder builder, IReadOnlyList<Node> operands)
    {
        Shape channels = Shape.Of(operands[0].Shape.Last);
        Node mean = builder.AddOnce(new State(Mean, channels), Mean);
        Node variance = builder.AddOnce(new State(Variance, channels), Variance);
        Node folded = builder.Add(new FoldedNorm(Epsilon), operands[2], operands[3], mean, variance);
        return builder.Add(new ScaleShift(), [operands[0], folded], builder.Layer.Path);
    }

    public override long Flops(Node node) => 4 * node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[2]]} (x - μ) r + {names[node.Operands[3]]},  x = {names[node.Operands[0]]},  [μ, σ², r] = {names[node.Operands[1]]}";

    public override string Emit(Node node, INames names) =>
        $"ChannelNorm.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, {names[node]}, channels: {node.Shape.Last});";
}

/// <summary>
/// Of each sample and channel the sums of the gradient and of its products with the normalised value, <c>[B, 2, C]</c>; operands: x, moments, the gradient.
/// </summary>
public sealed record ChannelGradientSums : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands[0].Batched && operands[0] == operands[2] && (operands[1] == Shape.Of(3, channels) || operands[1] == Shape.Batch(3, channels)), "x, moments and a gradient like x");
        return Shape.Batch(2, channels);
    }

    public override long Flops(Node node) => 4 * node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = [Σ g, Σ g (x - μ) r] over each sample's pixels,  g = {names[node.Operands[2]]},  x = {names[node.Operands[0]]},  [μ, σ², r] = {names[node.Operands[1]]}";

    public override string Emit(Node node, INames names)
    {
        Shape x = node.Operands[0].Shape;
        return $"ChannelNorm.GradientSums({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, " +
            $"pixels: {SampleMoments.PixelsOf(x)}, channels: {x.Last});";
    }
}

/// <summary>The gradient of <see cref="BatchNormalize"/> with respect to x; operands: its gradient, x, moments, weight and the sums over the batch, <c>[2 C]</c>.</summary>
public sealed record BatchNormalizeInputGradient : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0, 1];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.AllSamples];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands[0].Batched && operands[0] == operands[1] && operands[2] == Shape.Of(3, channels), "a gradient, x like it, and moments");
        Require(operands[3] == Shape.Of(channels) && operands[4] == Shape.Of(2 * channels), "a weight and two sums a channel");
        return operands[0];
    }

    public override long Flops(Node node) => 5 * node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[3]]} r (g - (s + t (x - μ) r) / n),  n = {Count(node)},  g = {names[node.Operands[0]]},  x = {names[node.Operands[1]]},  " +
        $"[s, t] = {names[node.Operands[4]]},  [μ, σ², r] = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"ChannelNorm.InputGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, {names[node.Operands[4]]}, {names[node]}, " +
        $"channels: {node.Shape.Last}, count: {Count(node)});";

    private static string Count(Node node) => new Size(SampleMoments.PixelsOf(node.Shape), 0).ToString(Ambient.AllSamples.Name);
}

/// <summary>
/// What normalising with fixed moments is, <c>[2, C]</c>: <c>scale = weight / sqrt(variance + epsilon)</c> and <c>shift = bias - mean scale</c>. Operands: weight, bias, mean,
/// variance, and optionally the bias of what comes before it, which makes shift larger by bias times scale.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record FoldedNorm(float Epsilon) : Op
{
    public override string Attributes => Literal.Of(Epsilon);

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        foreach (Shape operand in operands)
        {
            Require(operand == operands[0] && operand is { Batched: false, Rank: 1 }, "vectors of one length");
        }
        Require(operands.Count is 4 or 5, "weight, bias, mean, variance and perhaps the bias before");
        return Shape.Of(2, operands[0].Last);
    }

    /// <summary>It exists in prediction only, where each thread computes it in a workspace of its own.</summary>
    public override WorkSplit SplitOf(Node node) => WorkSplit.Samples;

    public override long Flops(Node node) => 0;

    public override string Formula(Node node, INames names)
    {
        string mean = names[node.Operands[2]];
        string centre = node.Operands.Count == 5 ? $"({names[node.Operands[4]]} - {mean}) scale" : $"-{mean} scale";
        return $"{names[node]} = [scale, {names[node.Operands[1]]} + {centre}],  scale = {names[node.Operands[0]]} / √({names[node.Operands[3]]} + {Literal.Plain(Epsilon)})";
    }

    public override string Emit(Node node, INames names)
    {
        string before = node.Operands.Count == 5 ? names[node.Operands[4]] : "default";
        return $"ChannelNorm.Fold({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, " +
            $"{before}, {names[node]}, epsilon: {Literal.Of(Epsilon)});";
    }
}

/// <summary><c>y = scale x + shift</c> over the last axis; operand 1 holds both, <c>[2, C]</c>.</summary>
public sealed record ScaleShift : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[1] == Shape.Of(2, operands[0].Last), "a scale and a shift for each channel");
        return operands[0];
    }

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = scale {names[node.Operands[0]]} + shift,  [scale, shift] = {names[node.Operands[1]]}";

    public override string Emit(Node node, INames names) =>
        $"ChannelNorm.ScaleShift({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, channels: {node.Shape.Last});";
}
