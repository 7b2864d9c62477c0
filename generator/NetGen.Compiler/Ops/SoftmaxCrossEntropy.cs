using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>The cross-entropy of softmax(logits): operands are logits, target, row weights.</summary>
public sealed record SoftmaxCrossEntropy : LossOp
{
    public override IReadOnlyList<Ambient> Ambients => [Ambient.TargetsAreClasses];

    public override ClassTargets Classes(Shape output) => ClassTargets.Indices;

    public override Op PredictionActivation => new Softmax();

    public override Shape LossesOf(Shape predictions) => RowsOf(predictions);

    public override Node DifferentiateLoss(GraphBuilder builder, Node node) => builder.Add(new SoftmaxCrossEntropyGradient(), node.Operands);

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = -w Σ t log softmax({names[node.Operands[0]]}),  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.SoftmaxCrossEntropy({names[node.Operands[0]]}, {Targets(node, names)}, {names[node.Operands[2]]}, {names[node]}, width: {node.Operands[0].Shape.Last});";

    internal static string Targets(Node node, INames names) => $"new LossTargets({names[node.Operands[1]]}, targetsAreClasses)";
}

/// <summary>The gradient of <see cref="SoftmaxCrossEntropy"/> with respect to the logits, from the same operands.</summary>
public sealed record SoftmaxCrossEntropyGradient : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.TargetsAreClasses];

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = dL/dx = w (softmax(x) - t),  x = {names[node.Operands[0]]},  t = {names[node.Operands[1]]},  w = {names[node.Operands[2]]}";

    public override string Emit(Node node, INames names) =>
        $"Loss.SoftmaxCrossEntropyGradient({names[node.Operands[0]]}, {SoftmaxCrossEntropy.Targets(node, names)}, {names[node.Operands[2]]}, {names[node]}, width: {node.Shape.Last});";
}
