using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Means over a grid of so many windows as are wanted, whose extents differ by one where they do not divide the image; channels last.</summary>
public sealed record AdaptiveAveragePool(int Height, int Width) : Op
{
    public override string Attributes => $"{Height}x{Width}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] is { Batched: true, Rank: 3 }, $"an image, got {operands[0]}");
        return Shape.Batch(Height, Width, operands[0].Last);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Shape image = node.Operands[0].Shape;
        return builder.Add(new AdaptiveAveragePoolGradient(image.Extents[0], image.Extents[1]), gradient);
    }

    public override long Flops(Node node) => node.Operands[0].Shape.Count;

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = mean of each of {Height} x {Width} windows that cover {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) =>
        $"Pooling.AdaptiveAverage({names[node.Operands[0]]}, {names[node]}, images: batch, {Sizes(node.Operands[0].Shape, node.Shape)});";

    /// <summary>The arguments that tell a kernel the extents of the image and of its pool.</summary>
    internal static string Sizes(Shape image, Shape pool) =>
        $"inputHeight: {image.Extents[0]}, inputWidth: {image.Extents[1]}, outputHeight: {pool.Extents[0]}, outputWidth: {pool.Extents[1]}, channels: {image.Last}";
}

/// <summary>The gradient of the image of <see cref="AdaptiveAveragePool"/>: each pixel of a window gets its share.</summary>
/// <param name="Height">Of the image.</param>
/// <param name="Width">Of the image.</param>
public sealed record AdaptiveAveragePoolGradient(int Height, int Width) : Op
{
    public override string Attributes => $"{Height}x{Width}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] is { Batched: true, Rank: 3 }, $"the gradient of an image, got {operands[0]}");
        return Shape.Batch(Height, Width, operands[0].Last);
    }

    public override long Flops(Node node) => node.Shape.Count;

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]} / pixels, for each pixel of a window";

    public override string Emit(Node node, INames names) =>
        $"Pooling.AdaptiveAverageGradient({names[node.Operands[0]]}, {names[node]}, images: batch, {AdaptiveAveragePool.Sizes(node.Shape, node.Operands[0].Shape)});";
}
