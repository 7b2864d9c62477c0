using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>
/// How a convolution is computed: the cost model. What decides is how many products share a load. A register-blocked matrix product needs a dozen rows and sixteen columns
/// that share their operands; it is at 90% of the processor's multiply-adds then. A convolution is such a product of patches with the weight, and the forms differ in how
/// patches reach it. Copying them (im2col) costs a store and a load for each product of sixteen outputs and was slower than reading them where they lie for every layer
/// that was measured, so no form does.
/// </summary>
/// <param name="Kind">Which.</param>
/// <param name="Reason">Why, for the generated file.</param>
internal sealed record ConvolutionForm(ConvolutionFormKind Kind, string Reason)
{
    public static ConvolutionForm Of(ConvolutionShape shape) => shape switch
    {
        { Groups: 1, Window.IsPointwise: true } => new(
            ConvolutionFormKind.Product, "As a matrix product: a window of one pixel needs no neighbours, so the pixels of all images are the rows."),
        { Groups: 1, Window.IsWhole: true } => new(
            ConvolutionFormKind.WholeProduct, "As a matrix product: the window has one place, so each image is a row."),
        { Groups: > 1 } when shape.Groups == shape.Inputs => new(
            ConvolutionFormKind.Depthwise, "Depthwise: nothing is summed over channels, so vectors run along them and each tap is one multiply-add."),
        _ => new(
            ConvolutionFormKind.Direct,
            $"Direct: a row of {shape.Window.Axes[shape.Window.Axes.Count - 1].Output} places times {shape.Outputs / shape.Groups} channels is a tile of sums in registers, " +
            "which reads the rows of its window where they lie, channels last."),
    };
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

    /// <summary>A window that slides.</summary>
    Direct,
}
