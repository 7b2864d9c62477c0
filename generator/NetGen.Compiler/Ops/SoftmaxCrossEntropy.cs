using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>The cross-entropy of softmax(logits): operands are logits, target, row weights.</summary>
/// <param name="TakesClasses">Whether the targets may be class indices, which is known at run time; otherwise they are probabilities.</param>
/// <param name="TargetMap">What becomes of targets, which are then probabilities; null for nothing.</param>
public sealed record SoftmaxCrossEntropy(bool TakesClasses = true, TargetMap? TargetMap = null) : LossOp
{
    public override TargetMap? Map => TargetMap;

    public override string Attributes => TakesClasses ? "" : "probabilities";

    public override IReadOnlyList<Ambient> Ambients => AmbientsOf(TakesClasses);

    public override ClassTargets Classes(Shape output) => TakesClasses ? ClassTargets.Indices : TargetMap is null ? ClassTargets.None : ClassTargets.OneHot;

    public override LossOp OfFloats() => this with { TakesClasses = false };

    public override Op PredictionActivation => new Softmax();

    public override Shape LossesOf(Shape predictions) => RowsOf(predictions);

    public override Node DifferentiateLoss(GraphBuilder builder, Node node) => builder.Add(new SoftmaxCrossEntropyGradient(TakesClasses), node.Operands);

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = -w Σ t log softmax({names[node.Operands[0]]}),  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.SoftmaxCrossEntropy({names[node.Operands[0]]}, {Targets(node, names, TakesClasses)}, {names[node.Operands[2]]}, {names[node]}, width: {node.Operands[0].Shape.Last});";

    internal static string Targets(Node node, INames names, bool takesClasses) =>
        $"new LossTargets({names[node.Operands[1]]}, {(takesClasses ? "targetsAreClasses" : "areClasses: false")})";

    internal static IReadOnlyList<Ambient> AmbientsOf(bool takesClasses) => takesClasses ? [Ambient.TargetsAreClasses] : [];
}

/// <summary>The gradient of <see cref="SoftmaxCrossEntropy"/> with respect to the logits, from the same operands.</summary>
/// <param name="TakesClasses">As the loss.</param>
public sealed record SoftmaxCrossEntropyGradient(bool TakesClasses = true) : Op
{
    public override string Attributes => TakesClasses ? "" : "probabilities";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => SoftmaxCrossEntropy.AmbientsOf(TakesClasses);

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = dL/dx = w (softmax(x) - t),  x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.SoftmaxCrossEntropyGradient({names[node.Operands[0]]}, {SoftmaxCrossEntropy.Targets(node, names, TakesClasses)}, " +
        $"{names[node.Operands[2]]}, {names[node]}, width: {node.Shape.Last});";
}
