using System;
using System.Linq;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>
/// How a convolution is computed: the cost model. What decides is how many products share a load. A register-blocked matrix product needs a dozen rows and sixteen columns
/// that share their operands; it is at 90% of the processor's multiply-adds then. A convolution is such a product of patches with the weight, and the forms differ in how
/// patches reach it. Copying them (im2col) costs a store and a load for each product of sixteen outputs and was slower than reading them where they lie for every layer
/// that was measured, so no form does.
/// </summary>
/// <param name="Kind">Which.</param>
/// <param name="Reason">What and why, with a colon between them, for the generated file.</param>
internal sealed record ConvolutionForm(ConvolutionFormKind Kind, string Reason)
{
    // The transforms of a tile cost the same for each channel; the products that they save grow with the channels on the other side. From 16 on they are 1.6 to 2 times as fast.
    private const int FewestWinogradChannels = 16;

    // Fewer tiles of 2x2 places do not outweigh transforming the weight in each call.
    private const int FewestWinogradTiles = 12;

    public static ConvolutionForm Of(ConvolutionShape shape) => shape switch
    {
        { Groups: 1, Window.IsPointwise: true } => new(
            ConvolutionFormKind.Product, "As a matrix product: a window of one pixel needs no neighbours, so the pixels of all images are the rows."),
        { Groups: 1, Window.IsWhole: true } => new(
            ConvolutionFormKind.WholeProduct, "As a matrix product: the window has one place, so each image is a row."),
        { Groups: > 1 } when shape.Groups == shape.Inputs => new(
            ConvolutionFormKind.Depthwise, "Depthwise: nothing is summed over channels, so vectors run along them and each tap is one multiply-add."),
        _ when IsWinograd(shape) => new(
            ConvolutionFormKind.Winograd,
            "By Winograd's minimal filtering, F(2x2, 3x3): a tile of 2x2 places takes 16 products for a pair of channels instead of 36, " +
            "and as many channels as these outweigh transforming tiles."),
        _ => new(
            ConvolutionFormKind.Direct,
            $"Direct: a row of {shape.Window.Axes[shape.Window.Axes.Count - 1].Output} places times {shape.Outputs / shape.Groups} channels is a tile of sums in registers, " +
            "which reads the rows of its window where they lie, channels last."),
    };

    private static bool IsWinograd(ConvolutionShape shape) =>
        shape.Groups == 1 && Math.Min(shape.Inputs, shape.Outputs) >= FewestWinogradChannels && shape.Window.Axes.Count == 2
        && shape.Window.Axes.All(axis => axis is { Kernel: 3, Stride: 1, Dilation: 1 })
        && shape.Window.Axes.Aggregate(1, (tiles, axis) => tiles * ((axis.Output + 1) / 2)) >= FewestWinogradTiles;
}

/// <summary>The forms of a convolution.</summary>
internal enum ConvolutionFormKind
{
    /// <summary>Pixels times weight.</summary>
    Product,

    /// <summary>Flattened images times weight.</summary>
    WholeProduct,

    /// <summary>Channel by channel.</summary>
    Depthwise,

    /// <summary>Tiles of 2x2 places, transformed.</summary>
    Winograd,

    /// <summary>A window that slides.</summary>
    Direct,
}
