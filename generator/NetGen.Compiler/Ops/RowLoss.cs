using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>A row of the table of losses that see a row of predictions as a whole. The runtime has a struct of the same name.</summary>
/// <param name="Name">The runtime struct's name.</param>
/// <param name="Formula">The loss of a row with predictions <c>x</c> and targets <c>t</c>.</param>
/// <param name="Derivative">Its derivative by <c>x</c>.</param>
/// <param name="Activation">What makes predictions of <c>x</c>, where the loss contains it.</param>
/// <param name="TargetWidth">Numbers of a row's target, 0 for none; null for as many as the row has.</param>
/// <param name="Parameter">The number that it takes.</param>
/// <param name="Weights">The numbers that it takes for each element, or one for all.</param>
public sealed record RowLossFunction(
    string Name, string Formula, string Derivative, Op? Activation = null, int? TargetWidth = null, float? Parameter = null, EquatableArray<float> Weights = default)
{
    public static RowLossFunction KLDivergence { get; } = new("KLDivergence", "Σ t (log t - log softmax(x))", "softmax(x) Σ t - t", new Softmax());

    public static RowLossFunction CosineDistance { get; } = new("CosineDistance", "1 - x·t / (|x| |t|)", "(x x·t / |x|² - t) / (|x| |t|)");

    public static RowLossFunction SoftmaxFocal(float gamma) => new(
        "SoftmaxFocal", "-Σ t (1 - p)^γ log p,  p = softmax(x)", "d - p Σ d,  d = t (1 - p)^γ (γ p log p / (1 - p) - 1)", new Softmax(), Parameter: gamma);

    public static RowLossFunction PositiveWeighted(EquatableArray<float> weights) => new(
        "PositiveWeightedCrossEntropy", "mean(p t log(1 + exp(-x)) + (1 - t) log(1 + exp(x)))", "((1 - t) σ(x) - p t σ(-x)) / n", Activate.Sigmoid, Weights: weights);

    public static RowLossFunction Contrastive(float margin) => new(
        "Contrastive", "t d² + (1 - t) max(0, m - d)²,  d = |a - b|,  [a, b] = x", "[g, -g],  g = 2 (t - (1 - t) max(0, m - d) / d) (a - b)", TargetWidth: 1, Parameter: margin);

    public static RowLossFunction Triplet(float margin) => new(
        "Triplet", "max(0, |a - p| - |a - n| + m),  [a, p, n] = x", "l > 0 ? [u - v, -u, v] : 0,  u = (a - p) / |a - p|,  v = (a - n) / |a - n|", TargetWidth: 0, Parameter: margin);

    /// <summary>The object that holds <see cref="Weights"/>, where there are some: the loss itself.</summary>
    public IReadOnlyList<SharedObject> SharedObjects => Weights.Count == 0 ? [] : [new(Name, $"[{string.Join(", ", Weights.Select(Literal.Of))}]", "Function")];

    /// <summary>The runtime struct, as C#.</summary>
    public string Construct(Node node, INames names) =>
        Weights.Count > 0 ? names.SharedObject(node) : Parameter is { } parameter ? $"new {Name}({Literal.Of(parameter)})" : $"default({Name})";

    public override string ToString() =>
        Weights.Count > 0 ? $"{Name}({string.Join(", ", Weights.Select(Literal.Of))})" : Parameter is { } parameter ? $"{Name}({Literal.Of(parameter)})" : Name;

    /// <summary>What the letters of formulas stand for.</summary>
    internal string Where(Node node, INames names) =>
        $"x = {names[node.Operands[0]]},  {(TargetWidth == 0 ? "" : $"t = {names[node.Operands[1]]},  ")}w = {names[node.Operands[node.Operands.Count - 1]]}";

    /// <summary>What both kernels get first, as C#.</summary>
    internal string Arguments(Node node, INames names) =>
        $"{names[node.Operands[0]]}, {(TargetWidth == 0 ? "default" : names[node.Operands[1]])}, {names[node.Operands[node.Operands.Count - 1]]}, {names[node]}, " +
        $"width: {node.Operands[0].Shape.Last}";
}

/// <summary>A loss of whole rows: operands are predictions, target, where it takes one, and row weights.</summary>
/// <param name="Function">The loss of a row.</param>
/// <param name="TargetMap">How classes become its targets; null where it takes no classes.</param>
public sealed record RowLoss(RowLossFunction Function, TargetMap? TargetMap = null) : LossOp
{
    public override string Attributes => Function.ToString();

    public override TargetMap? Map => TargetMap;

    public override ClassTargets Classes(Shape output) =>
        TargetMap is not null ? ClassTargets.OneHot : Function.Activation == Activate.Sigmoid && output.Count == 1 ? ClassTargets.Binary : ClassTargets.None;

    public override Op? PredictionActivation => Function.Activation;

    public override Shape? TargetOf(Shape predictions) => Function.TargetWidth is not { } width ? predictions : width == 0 ? null : predictions.WithLast(width);

    public override Shape LossesOf(Shape predictions) => RowsOf(predictions);

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => Function.SharedObjects;

    public override Node DifferentiateLoss(GraphBuilder builder, Node node) => builder.Add(new RowLossGradient(Function), node.Operands);

    public override string Formula(Node node, INames names) => $"{names[node]} = w l,  l = {Function.Formula},  {Function.Where(node, names)}";

    public override string Emit(Node node, INames names) => $"Loss.Rows({Function.Arguments(node, names)}, {Function.Construct(node, names)});";
}

/// <summary>The gradient of <see cref="RowLoss"/> with respect to the predictions, from the same operands.</summary>
public sealed record RowLossGradient(RowLossFunction Function) : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override string Attributes => Function.ToString();

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => Function.SharedObjects;

    public override string Formula(Node node, INames names) => $"{names[node]} = dL/dx = w l',  l' = {Function.Derivative},  {Function.Where(node, names)}";

    public override string Emit(Node node, INames names) => $"Loss.RowsGradient({Function.Arguments(node, names)}, {Function.Construct(node, names)});";
}
