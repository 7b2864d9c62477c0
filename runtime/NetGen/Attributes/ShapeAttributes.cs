namespace NetGen;

/// <summary>Makes one axis of all: <c>[c, h, w]</c> becomes <c>[c h w]</c>, channels outermost, as in PyTorch.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>Gives the same elements, in the same order, another shape: <c>[Reshape(3, 4)]</c> makes <c>[3, 4]</c> of <c>[12]</c>.</summary>
/// <param name="shape">The new shape of one sample; at most one extent may be -1, which is computed.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The new shape of one sample.</summary>
    public int[] Shape { get; } = shape;
}

/// <summary>The axes of a sample in another order: axis i of the result is axis <c>axes[i]</c> of the input. <c>[Permute(1, 2, 0)]</c> makes <c>[h, w, c]</c> of <c>[c, h, w]</c>.</summary>
/// <param name="axes">Each axis once; the first axis of a sample is 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PermuteAttribute(params int[] axes) : LayerAttribute
{
    /// <summary>Which axis of the input comes first, which second, and so on.</summary>
    public int[] Axes { get; } = axes;
}

/// <summary>A part of a sample along one axis: <c>y = x[start..start + length]</c>. That axis of the shape becomes <c>length</c>, the others stay.</summary>
/// <param name="axis">The axis, of which the first of a sample is 0: the channels of an image.</param>
/// <param name="start">Index of the first element that stays.</param>
/// <param name="length">Number of elements that stay, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SliceAttribute(int axis, int start, int length) : LayerAttribute
{
    /// <summary>The axis that is cut.</summary>
    public int Axis { get; } = axis;

    /// <summary>Index of the first element that stays.</summary>
    public int Start { get; } = start;

    /// <summary>Number of elements that stay.</summary>
    public int Length { get; } = length;
}

/// <summary>
/// A border of zeros or of another number: <c>[channels, height, width]</c> gives <c>[channels, top + height + bottom, left + width + right]</c>, <c>[time, features]</c> gives
/// <c>[before + time + after, features]</c>.
/// </summary>
/// <param name="sizes">
/// How wide the border is: one number for all sides; or what comes before each axis and then what comes after each, such as top, left, bottom, right. With two numbers for every axis of
/// a sample, channels or features get a border too.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PadAttribute(params int[] sizes) : LayerAttribute
{
    /// <summary>How wide the border is.</summary>
    public int[] Sizes { get; } = sizes;

    /// <summary>What the border is made of; 0 by default.</summary>
    public float Value { get; set; }
}

/// <summary>What an enlarged image has between its pixels.</summary>
public enum UpsampleMode
{
    /// <summary>Copies of the nearest pixel: <c>y[i] = x[i / factor]</c>.</summary>
    Nearest,

    /// <summary>Linear in both directions between the centres of pixels, as PyTorch's <c>bilinear</c> with <c>align_corners=False</c>.</summary>
    Bilinear,
}

/// <summary>An image made larger: <c>[channels, height, width]</c> gives <c>[channels, height factor, width factor]</c>.</summary>
/// <param name="factor">How many times as high and wide: one number for both, or one each.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Upsample2DAttribute(params int[] factor) : LayerAttribute
{
    /// <summary>How many times as high and wide.</summary>
    public int[] Factor { get; } = factor;

    /// <summary>What lies between pixels; <see cref="UpsampleMode.Nearest"/> by default.</summary>
    public UpsampleMode Mode { get; set; }
}
