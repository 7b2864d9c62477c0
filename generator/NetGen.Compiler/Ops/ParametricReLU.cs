using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary><c>y = x &gt; 0 ? x : slope x</c>; operand 1 is the slope, of each channel (the last axis) or of all.</summary>
public sealed record ParametricReLU : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        RequireSlope(operands[0], operands[1]);
        return operands[0];
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        (Node x, Node slope) = (node.Operands[0], node.Operands[1]);
        if (operand == 0)
        {
            return builder.Add(new ParametricReLUInputGradient(), x, slope, gradient);
        }
        int channels = x.Shape.Last;
        Node sums = builder.Add(new ParametricReLUSlopeSums(), x, gradient);
        bool single = slope.Shape.Last == 1 && channels > 1;
        return builder.Add(new SumTo(single ? 1 : 0), single ? builder.Add(new Reshape(Shape.Batch(channels, 1)), sums) : sums);
    }

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names)
    {
        string x = names[node.Operands[0]];
        return $"{names[node]} = {x} > 0 ? {x} : {names[node.Operands[1]]} {x}";
    }

    public override string Emit(Node node, INames names) => $"ParametricReLU.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]});";

    internal static void RequireSlope(Shape x, Shape slope)
    {
        if (slope != Shape.Of(x.Last) && slope != Shape.Of(1))
        {
            throw new GraphException($"a slope of each channel or of all, got {slope} for {x}");
        }
    }
}

/// <summary>The gradient of <see cref="ParametricReLU"/> with respect to x; operands: x, slope and its gradient.</summary>
public sealed record ParametricReLUInputGradient : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0, 2];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        ParametricReLU.RequireSlope(operands[0], operands[1]);
        Require(operands[0] == operands[2], "a gradient like x");
        return operands[0];
    }

    public override long Flops(Node node) => 2 * node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} > 0 ? g : {names[node.Operands[1]]} g,  g = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"ParametricReLU.InputGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]});";
}

/// <summary>Each sample's share of the gradient of the slope of each channel, <c>[B, C]</c>; operands: x and the gradient of y.</summary>
public sealed record ParametricReLUSlopeSums : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0].Batched && operands[0] == operands[1], "x and a gradient like it");
        return Shape.Batch(operands[0].Last);
    }

    public override long Flops(Node node) => 2 * node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = Σ (x > 0 ? 0 : x ⊙ g) over each sample's pixels,  x = {names[node.Operands[0]]},  g = {names[node.Operands[1]]}";

    public override string Emit(Node node, INames names)
    {
        Shape x = node.Operands[0].Shape;
        return $"ParametricReLU.SlopeSums({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, pixels: {SampleMoments.PixelsOf(x)}, channels: {x.Last});";
    }
}
