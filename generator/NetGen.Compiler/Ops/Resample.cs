using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What an enlarged image has between its pixels: the runtime's <c>UpsampleMode</c>, member for member.</summary>
public enum UpsampleMode
{
    Nearest,
    Bilinear,
}

/// <summary>An image made larger by whole factors, channels last.</summary>
public sealed record Resample(UpsampleMode Mode, int FactorY, int FactorX) : Op
{
    public override string Attributes => $"{Mode}, {FactorY}x{FactorX}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape image = operands[0];
        Require(image is { Batched: true, Rank: 3 }, $"an image, got {image}");
        return Shape.Batch(image.Extents[0] * FactorY, image.Extents[1] * FactorX, image.Last);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => builder.Add(new ResampleGradient(Mode, FactorY, FactorX), gradient);

    public override long Flops(Node node) => Mode == UpsampleMode.Nearest ? 0 : 6 * node.Shape.Count;

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => Mode == UpsampleMode.Nearest
        ? $"{names[node]}[i, j] = {names[node.Operands[0]]}[i / {FactorY}, j / {FactorX}]"
        : $"{names[node]}[i, j] = {names[node.Operands[0]]} at [(i + 0.5) / {FactorY} - 0.5, (j + 0.5) / {FactorX} - 0.5], linear between pixels";

    public override string Emit(Node node, INames names) =>
        $"Resample.{Mode}({names[node.Operands[0]]}, {names[node]}, images: batch, {Sizes(node.Operands[0].Shape, FactorY, FactorX)});";

    /// <summary>The arguments that tell a kernel the extents of the smaller image.</summary>
    internal static string Sizes(Shape image, int factorY, int factorX) =>
        $"height: {image.Extents[0]}, width: {image.Extents[1]}, channels: {image.Last}, factorY: {factorY}, factorX: {factorX}";
}

/// <summary>The gradient of the image of <see cref="Resample"/>: each pixel gets its part of what it went into.</summary>
public sealed record ResampleGradient(UpsampleMode Mode, int FactorY, int FactorX) : Op
{
    public override string Attributes => $"{Mode}, {FactorY}x{FactorX}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Shape image = operands[0];
        Require(image is { Batched: true, Rank: 3 } && image.Extents[0] % FactorY == 0 && image.Extents[1] % FactorX == 0, $"the gradient of an enlarged image, got {image}");
        return Shape.Batch(image.Extents[0] / FactorY, image.Extents[1] / FactorX, image.Last);
    }

    public override long Flops(Node node) => (Mode == UpsampleMode.Nearest ? 1 : 6) * node.Operands[0].Shape.Count;

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = Σ {names[node.Operands[0]]} over what each pixel went into, times its part";

    public override string Emit(Node node, INames names) =>
        $"Resample.{Mode}Gradient({names[node.Operands[0]]}, {names[node]}, images: batch, {Resample.Sizes(node.Shape, FactorY, FactorX)});";
}
