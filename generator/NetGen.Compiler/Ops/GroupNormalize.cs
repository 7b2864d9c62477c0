using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// Mean, variance and <c>1 / sqrt(variance + epsilon)</c> of each sample's groups of channels, <c>[B, 3, C]</c>, the same for all channels of a group; from <see cref="SampleMoments"/>.
/// </summary>
/// <param name="Groups">Groups of equally many channels.</param>
/// <param name="Pixels">Pixels of a sample.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record GroupMoments(int Groups, int Pixels, float Epsilon) : Op
{
    public override string Attributes => $"{Groups}, {Pixels}, {Literal.Of(Epsilon)}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands[0] == Shape.Batch(2, channels) && channels % Groups == 0, $"moments of samples with channels that {Groups} divides");
        return Shape.Batch(3, channels);
    }

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = [μ, σ², r] of each sample's {Groups} groups of {node.Shape.Last / Groups} channels,  r = 1 / √(σ² + {Literal.Plain(Epsilon)}),  from {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) =>
        $"Moments.OfGroups({names[node.Operands[0]]}, {names[node]}, pixels: {Pixels}, channels: {node.Shape.Last}, groups: {Groups}, epsilon: {Literal.Of(Epsilon)});";
}

/// <summary><c>y = weight (x - μ) r + bias</c> over the last axis with the moments of each sample's groups (operand 1). Operands 2 and 3, weight and bias, may be left out.</summary>
/// <param name="Groups">Groups of equally many channels.</param>
public sealed record GroupNormalize(int Groups) : Op
{
    public override string Attributes => $"{Groups}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands[0].Batched && operands[1] == Shape.Batch(3, channels), "x and moments of its samples");
        Require(operands.Count == 2 || (operands.Count == 4 && operands[2] == Shape.Of(channels) && operands[3] == operands[2]), "weight and bias, or neither");
        return operands[0];
    }

    /// <summary>x, weight and bias share the sums of each sample. That the moments depend on x too is part of x's gradient, so they have none of their own.</summary>
    public override Node? Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        if (operand == 1)
        {
            return null;
        }
        (Node x, Node moments) = (node.Operands[0], node.Operands[1]);
        int channels = x.Shape.Last;
        Node ofSamples = builder.AddOnce(new ChannelGradientSums(), x, moments, gradient);
        if (operand == 0)
        {
            Node[] operands = [gradient, x, moments, ofSamples];
            return builder.Add(new GroupNormalizeInputGradient(Groups), node.Operands.Count == 4 ? [.. operands, node.Operands[2]] : operands);
        }
        Node flat = builder.AddOnce(new Reshape(Shape.Batch(2 * channels)), ofSamples);
        Node sums = builder.AddOnce(new SumTo(0), flat);
        builder.NameLast(sums, $"{builder.Layer.Path}.gradientSums");
        return builder.Add(new Slice(0, operand == 2 ? channels : 0, channels), sums);
    }

    public override long Flops(Node node) => 4 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string normalized = "(x - μ) r";
        string value = node.Operands.Count == 2 ? normalized : $"{names[node.Operands[2]]} {normalized} + {names[node.Operands[3]]}";
        return $"{names[node]} = {value},  x = {names[node.Operands[0]]},  [μ, σ², r] = {names[node.Operands[1]]}";
    }

    public override string Emit(Node node, INames names)
    {
        string affine = node.Operands.Count == 2 ? "default, default" : $"{names[node.Operands[2]]}, {names[node.Operands[3]]}";
        return $"ChannelNorm.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {affine}, {names[node]}, channels: {node.Shape.Last});";
    }
}

/// <summary>
/// The gradient of <see cref="GroupNormalize"/> with respect to x; operands: its gradient, x, moments,
/// <see cref="ChannelGradientSums"/> and, where there is one, the weight.
/// </summary>
/// <param name="Groups">Groups of equally many channels.</param>
public sealed record GroupNormalizeInputGradient(int Groups) : Op
{
    public override string Attributes => $"{Groups}";

    public override IReadOnlyList<int> InPlaceOperands => [0, 1];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(operands[0].Batched && operands[0] == operands[1] && operands[2] == Shape.Batch(3, channels) && operands[3] == Shape.Batch(2, channels), "a gradient, x, moments and sums");
        Require(operands.Count == 4 || operands[4] == Shape.Of(channels), "a weight for each channel");
        return operands[0];
    }

    public override long Flops(Node node) => 5 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string weight = node.Operands.Count == 4 ? "" : $"{names[node.Operands[4]]} ";
        int count = SampleMoments.PixelsOf(node.Shape) * node.Shape.Last / Groups;
        return $"{names[node]} = r ({weight}g - (s + t (x - μ) r) / {count}),  [s, t] = Σ of {weight}{names[node.Operands[3]]} over the group,  " +
            $"g = {names[node.Operands[0]]},  x = {names[node.Operands[1]]},  [μ, σ², r] = {names[node.Operands[2]]}";
    }

    public override string Emit(Node node, INames names)
    {
        string weight = node.Operands.Count == 4 ? "default" : names[node.Operands[4]];
        return $"ChannelNorm.GroupInputGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {weight}, {names[node.Operands[3]]}, {names[node]}, " +
            $"pixels: {SampleMoments.PixelsOf(node.Shape)}, channels: {node.Shape.Last}, groups: {Groups});";
    }
}
