using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>A row of the table of losses that see a row of predictions as a whole. The runtime has a struct of the same name.</summary>
/// <param name="Name">The runtime struct's name.</param>
/// <param name="Formula">The loss of a row with predictions <c>x</c> and targets <c>t</c>.</param>
/// <param name="Derivative">Its derivative by <c>x</c>.</param>
/// <param name="TakesLogits">Whether it is of logits, which a softmax makes probabilities.</param>
/// <param name="Parameter">The number that it takes.</param>
public sealed record RowLossFunction(string Name, string Formula, string Derivative, bool TakesLogits, float? Parameter = null)
{
    public static RowLossFunction KLDivergence { get; } = new("KLDivergence", "Σ t (log t - log softmax(x))", "softmax(x) Σ t - t", TakesLogits: true);

    public static RowLossFunction CosineDistance { get; } = new("CosineDistance", "1 - x·t / (|x| |t|)", "(x x·t / |x|² - t) / (|x| |t|)", TakesLogits: false);

    public static RowLossFunction SoftmaxFocal(float gamma) =>
        new("SoftmaxFocal", "-Σ t (1 - p)^γ log p,  p = softmax(x)", "d - p Σ d,  d = t (1 - p)^γ (γ p log p / (1 - p) - 1)", TakesLogits: true, gamma);

    /// <summary>The runtime struct, as C#.</summary>
    public string Construct() => Parameter is { } parameter ? $"new {Name}({Literal.Of(parameter)})" : $"default({Name})";

    public override string ToString() => Parameter is { } parameter ? $"{Name}({Literal.Of(parameter)})" : Name;
}

/// <summary>A loss of whole rows: operands are predictions, target, row weights.</summary>
/// <param name="Function">The loss of a row.</param>
/// <param name="TargetMap">How classes become its targets; null where it takes no classes.</param>
public sealed record RowLoss(RowLossFunction Function, TargetMap? TargetMap = null) : LossOp
{
    public override string Attributes => Function.ToString();

    public override TargetMap? Map => TargetMap;

    public override ClassTargets Classes(Shape output) => TargetMap is null ? ClassTargets.None : ClassTargets.OneHot;

    public override Op? PredictionActivation => Function.TakesLogits ? new Softmax() : null;

    public override Shape LossesOf(Shape predictions) => RowsOf(predictions);

    public override Node DifferentiateLoss(GraphBuilder builder, Node node) => builder.Add(new RowLossGradient(Function), node.Operands);

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = w l,  l = {Function.Formula},  x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.Rows({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, width: {node.Operands[0].Shape.Last}, {Function.Construct()});";
}

/// <summary>The gradient of <see cref="RowLoss"/> with respect to the predictions, from the same operands.</summary>
public sealed record RowLossGradient(RowLossFunction Function) : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override string Attributes => Function.ToString();

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = dL/dx = w l',  l' = {Function.Derivative},  x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.RowsGradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}, width: {node.Shape.Last}, {Function.Construct()});";
}
