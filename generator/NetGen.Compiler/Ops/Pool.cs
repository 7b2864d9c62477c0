using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What a pooling window makes of its pixels.</summary>
public enum PoolKind
{
    Max,
    Average,
}

/// <summary>One value of all pixels of a window, channel by channel.</summary>
/// <param name="Kind">The largest, or the mean.</param>
/// <param name="Window">Where it reads.</param>
/// <param name="CountPadding">Whether the mean counts pixels outside the image, as zeros.</param>
public sealed record Pool(PoolKind Kind, Window Window, bool CountPadding) : Op
{
    public override string Mnemonic => $"{Kind}Pool";

    public override string Attributes => $"{Window}{(CountPadding && Kind == PoolKind.Average ? ", counting padding" : "")}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == Window.Input(operands[0].Last), $"an image of {Window.Input(operands[0].Last)}, got {operands[0]}");
        return Window.Output(operands[0].Last);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => Kind == PoolKind.Max
        ? builder.Add(new MaxPoolGradient(Window), node.Operands[0], node, gradient)
        : builder.Add(new AveragePoolGradient(Window, CountPadding), gradient);

    public override long Flops(Node node) => node.Shape.Count * Window.Taps;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Window.Construct()];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = {(Kind == PoolKind.Max ? "max" : "mean")} of each {Window} window of {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names)
    {
        string count = Kind == PoolKind.Average ? $", countPadding: {Literal.Of(CountPadding)}" : "";
        return $"Pooling.{Kind}({names[node.Operands[0]]}, {names[node]}, images: batch, {names.SharedObject(node)}, channels: {node.Shape.Last}{count});";
    }
}

/// <summary>
/// The gradient of a max pool's image, from the image, the result and the result's gradient: the first of the largest pixels of each window gets it. Times the derivative of the
/// activation that gave the image, where that is a function of it.
/// </summary>
public sealed record MaxPoolGradient(Window Window, Activation? Activation = null) : Op
{
    public override string Attributes => Activation is null ? $"{Window}" : $"{Window}, {Activation}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int channels = operands[0].Last;
        Require(
            operands[0] == Window.Input(channels) && operands[1] == Window.Output(channels) && operands[2] == operands[1],
            $"an image of {Window.Input(channels)}, its pool and the gradient of that");
        return operands[0];
    }

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Window.Construct()];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names)
    {
        string gradient = $"{names[node]} = {names[node.Operands[2]]} where {names[node.Operands[0]]} is first equal to {names[node.Operands[1]]} in its window, else 0";
        return Activation is null ? gradient : $"{gradient}; ⊙ {Activation.Function.DescribeDerivative(names[node.Operands[0]])}";
    }

    public override string Emit(Node node, INames names)
    {
        string operands = $"{names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node]}";
        return $"Pooling.MaxGradient({operands}, images: batch, {names.SharedObject(node)}, channels: {node.Shape.Last}{(Activation is null ? "" : $", {Activation.Construct()}")});";
    }
}

/// <summary>The gradient of an average pool's image: each pixel of a window gets its share.</summary>
public sealed record AveragePoolGradient(Window Window, bool CountPadding) : Op
{
    public override string Attributes => $"{Window}{(CountPadding ? ", counting padding" : "")}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == Window.Output(operands[0].Last), $"a gradient of {Window.Output(operands[0].Last)}, got {operands[0]}");
        return Window.Input(operands[0].Last);
    }

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Window.Construct()];

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]} / pixels, for each pixel of its {Window} window";

    public override string Emit(Node node, INames names) =>
        $"Pooling.AverageGradient({names[node.Operands[0]]}, {names[node]}, images: batch, {names.SharedObject(node)}, " +
        $"channels: {node.Shape.Last}, countPadding: {Literal.Of(CountPadding)});";
}
