using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>
/// The gradient of a convolution's image, from the gradient of its result (operand 0) and the weight; times the derivative of the activation that gave the image, where
/// what was saved of it is operand 2.
/// </summary>
public sealed record ConvolveInputGradient(ConvolutionShape Shape, Activation? Activation = null) : Op
{
    public override string Attributes => Activation is null ? $"{Shape}" : $"{Shape}, {Activation}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands.Count == (Activation is null ? 2 : 3), "a gradient, a weight, and what an activation saved if there is one");
        Ir.Shape gradient = Shape.Window.Output(Shape.Outputs), result = Shape.Window.Input(Shape.Inputs);
        Require(operands[0] == gradient && operands[1] == Shape.Weight, $"{gradient} and {Shape.Weight}, got {operands[0]} and {operands[1]}");
        Require(Activation is null || operands[2] == result, $"a saved value of {result}");
        return result;
    }

    public override long Flops(Node node) => Shape.Flops;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Shape.Construct()];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names)
    {
        string product = $"{names[node]} = {names[node.Operands[0]]} ∗ᵀ {names[node.Operands[1]]}";
        return Activation is null ? product : $"{product} ⊙ {Activation.Function.DescribeDerivative(names[node.Operands[2]])}";
    }

    public override string Emit(Node node, INames names)
    {
        string saved = Activation is null ? "saved: default" : names[node.Operands[2]];
        return $"{(Shape.IsDepthwise ? "DepthwiseConvolution" : "Convolution")}.InputGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, images: batch, " +
            $"{names.SharedObject(node)}, {saved}, {Activation?.Construct() ?? "default(Identity)"});";
    }
}

/// <summary>The gradient of a convolution's weight, from its image (operand 0) and the gradient of its result (operand 1), summed over places and samples.</summary>
/// <param name="Shape">The convolution.</param>
/// <param name="PerSample">Whether each sample is summed by itself, into one row of weights; otherwise over the samples too.</param>
public sealed record ConvolveWeightGradient(ConvolutionShape Shape, bool PerSample = false) : Op
{
    public override string Attributes => PerSample ? $"{Shape}, per sample" : $"{Shape}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Ir.Shape image = Shape.Window.Input(Shape.Inputs), gradient = Shape.Window.Output(Shape.Outputs);
        Require(operands[0] == image && operands[1] == gradient, $"{image} and {gradient}, got {operands[0]} and {operands[1]}");
        return PerSample ? Ir.Shape.Batch((int)Shape.Weight.Count) : Shape.Weight;
    }

    public override WorkSplit SplitOf(Node node) => PerSample ? base.SplitOf(node) : WorkSplit.Outputs;

    public override long Flops(Node node) => Shape.Flops;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Shape.Construct()];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {(PerSample ? "" : "Σ ")}{names[node.Operands[0]]} ∗ {names[node.Operands[1]]}{(PerSample ? " of each sample" : "")}";

    public override string Emit(Node node, INames names) =>
        $"{(Shape.IsDepthwise ? "DepthwiseConvolution" : "Convolution")}.WeightGradient{(PerSample ? "Each" : "")}(" +
        $"{names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, images: batch, " +
        $"{names.SharedObject(node)}{(PerSample ? "" : ", worker")});";
}
