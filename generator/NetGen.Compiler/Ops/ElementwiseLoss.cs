using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>A row of the table of losses that compare element by element. The runtime has a struct of the same name.</summary>
/// <param name="Name">The runtime struct's name.</param>
/// <param name="Formula">The loss of one element with prediction <c>x</c> and target <c>t</c>.</param>
/// <param name="Derivative">Its derivative with respect to <c>x</c>.</param>
/// <param name="Parameters">The numbers that it takes.</param>
public sealed record ElementwiseLossFunction(string Name, string Formula, string Derivative, EquatableArray<float> Parameters = default)
{
    public static ElementwiseLossFunction SquaredError { get; } = new("SquaredError", "(x - t)²", "2 (x - t)");

    public static ElementwiseLossFunction AbsoluteError { get; } = new("AbsoluteError", "|x - t|", "sign(x - t)");

    public static ElementwiseLossFunction SigmoidCrossEntropy { get; } = new("SigmoidCrossEntropy", "max(x, 0) - x t + log(1 + exp(-|x|))", "σ(x) - t");

    public static ElementwiseLossFunction Huber(float delta) => new("Huber", "|x - t| ≤ δ ? (x - t)² / 2 : δ (|x - t| - δ / 2)", "clamp(x - t, -δ, δ)", new([delta]));

    public static ElementwiseLossFunction Hinge { get; } = new("Hinge", "max(0, 1 - t x)", "t x < 1 ? -t : 0");

    public static ElementwiseLossFunction Quantile(float quantile) => new("Quantile", "max((1 - q) (x - t), q (t - x))", "x > t ? 1 - q : x < t ? -q : 0", new([quantile]));

    public static ElementwiseLossFunction SigmoidFocal(float gamma, float alpha) => new(
        "SigmoidFocal", "a m^γ c,  c = max(x, 0) - x t + log(1 + exp(-|x|)),  m = t σ(-x) + (1 - t) σ(x),  a = α t + (1 - α) (1 - t)",
        "a m^γ (σ(x) - t + γ c (1 - 2t) σ(x) σ(-x) / m)", new([gamma, alpha]));

    /// <summary>A loss of the user's.</summary>
    public static ElementwiseLossFunction Custom(FunctionSpec function) => new($"CustomLoss<{function.Type}>", $"{function.Name}(x, t)", $"{function.Name}'(x, t)");

    /// <summary>Whether it is of logits, which a sigmoid makes probabilities.</summary>
    public bool TakesLogits => Name is "SigmoidCrossEntropy" or "SigmoidFocal";

    /// <summary>The runtime struct, as C#.</summary>
    public string Construct() => Parameters.Count == 0 ? $"default({Name})" : $"new {this}";

    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(Literal.Of))})";
}

/// <summary>An element-wise loss: operands are predictions, target, row weights.</summary>
public sealed record ElementwiseLoss(ElementwiseLossFunction Function) : LossOp
{
    public override string Attributes => Function.ToString();

    public override ClassTargets Classes(Shape output) =>
        Function.TakesLogits && output.Count == 1 ? ClassTargets.Binary : ClassTargets.None;

    public override Op? PredictionActivation =>
        Function.TakesLogits ? Activate.Sigmoid : null;

    public override Shape LossesOf(Shape predictions) => predictions;

    public override Node DifferentiateLoss(GraphBuilder builder, Node node) => builder.Add(new ElementwiseLossGradient(Function), node.Operands);

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = w l{Mean(node.Shape)},  l = {Function.Formula},  x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.Elementwise({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, width: {node.Operands[0].Shape.Last}, {Function.Construct()});";

    // A row counts as the mean of its elements.
    internal static string Mean(Shape shape) => shape.Last == 1 ? "" : $" / {shape.Last}";
}

/// <summary>The gradient of <see cref="ElementwiseLoss"/> with respect to the predictions, from the same operands.</summary>
public sealed record ElementwiseLossGradient(ElementwiseLossFunction Function) : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override string Attributes => Function.ToString();

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = dL/dx = w l'{ElementwiseLoss.Mean(node.Shape)},  l' = {Function.Derivative},  " +
        $"x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.ElementwiseGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, width: {node.Shape.Last}, {Function.Construct()});";
}
