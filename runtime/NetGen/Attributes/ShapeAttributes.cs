namespace NetGen;

/// <summary>Makes one axis of all: <c>[c, h, w]</c> becomes <c>[c h w]</c>, channels outermost, as in PyTorch.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>Gives the same elements another shape.</summary>
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

/// <summary>A part of a sample along one axis: <c>y = x[start..start + length]</c>.</summary>
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

/// <summary>Zeroes each element with probability <c>rate</c> while training and scales the rest by <c>1 / (1 - rate)</c>; the identity in prediction (Srivastava et al. 2014).</summary>
/// <param name="rate">Between 0 and 1; 1 itself is not allowed.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability that an element is dropped.</summary>
    public float Rate { get; } = rate;
}

/// <summary>
/// Zeroes each channel of each sample as a whole with probability <c>rate</c> while training and scales the rest by <c>1 / (1 - rate)</c>; the identity in prediction (Tompson et al.
/// 2015). As PyTorch's <c>Dropout1d</c>, <c>2d</c> and <c>3d</c>.
/// </summary>
/// <remarks>A channel is the first axis of an image, and a feature over all time steps of a (time, features) value.</remarks>
/// <param name="rate">Between 0 and 1; 1 itself is not allowed.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SpatialDropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The probability that a channel is dropped.</summary>
    public float Rate { get; } = rate;
}

/// <summary>
/// Standardises the raw input: <c>y = (x - mean) / std</c>, with numbers fitted on the training data and saved with the network. It reads an input directly, or
/// after <c>[Impute]</c>. Numbers that are not known, NaN, do not count.
/// </summary>
/// <remarks>
/// One mean and one standard deviation for each feature of a flat or (time, features) input, for each channel of an image. A feature that never
/// varies is only centred. State: <c>mean</c> and <c>std</c>. Until it is fitted it is the identity.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StandardizeAttribute : LayerAttribute;

/// <summary>
/// Scales the raw input to 0 to 1: <c>y = (x - min) / (max - min)</c>, with numbers fitted on the training data and saved with the network; later inputs may lie outside. It reads an input
/// directly, or after <c>[Impute]</c>. As scikit-learn's <c>MinMaxScaler</c>.
/// </summary>
/// <remarks>
/// One minimum and one range for each feature of a flat or (time, features) input, for each channel of an image. A feature that never varies becomes 0. State: <c>min</c> and
/// <c>range</c>. Until it is fitted it is the identity.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MinMaxScaleAttribute : LayerAttribute;

/// <summary>
/// Scales the raw input by numbers that outliers do not move: <c>y = (x - median) / iqr</c>, iqr being the distance from the first to the third quartile, fitted on the training data and saved
/// with the network. It reads an input directly, or after <c>[Impute]</c>. As scikit-learn's <c>RobustScaler</c>.
/// </summary>
/// <remarks>
/// One median and one distance for each feature of a flat or (time, features) input, for each channel of an image. A feature whose middle half never varies is only centred. State:
/// <c>median</c> and <c>iqr</c>. Until it is fitted it is the identity.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RobustScaleAttribute : LayerAttribute;

/// <summary>
/// Replaces numbers that are not known, NaN, in the raw input by the mean or median of those that are, fitted on the training data and saved with the network. It reads an input directly; a layer
/// that scales may follow and is fitted to the numbers that are known. As scikit-learn's <c>SimpleImputer</c>.
/// </summary>
/// <remarks>
/// One number for each feature of a flat or (time, features) input, for each channel of an image; 0 for a feature of which nothing is known. State: <c>fill</c>. Until it is fitted it
/// fills in 0.
/// </remarks>
/// <example><code>
/// [Network, Input(13), Impute, Standardize, Dense(32), ReLU, Dense(3), SoftmaxCrossEntropy]
/// public sealed partial class WineNet;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ImputeAttribute : LayerAttribute
{
    /// <summary>Which number is filled in; the mean by default.</summary>
    public ImputeKind Kind { get; set; }
}

/// <summary>What <see cref="ImputeAttribute"/> fills in.</summary>
public enum ImputeKind
{
    /// <summary>The mean of the known numbers.</summary>
    Mean,

    /// <summary>The median of the known numbers, which outliers do not move.</summary>
    Median,
}

/// <summary>Scales and shifts by constants: <c>y = scale x + offset</c>; <c>[Rescale(1f / 255)]</c> maps bytes to 0..1.</summary>
/// <param name="scale">Multiplies each element.</param>
/// <param name="offset">Added to each element; 0 by default.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RescaleAttribute(float scale, float offset = 0f) : LayerAttribute
{
    /// <summary>Multiplies each element.</summary>
    public float Scale { get; } = scale;

    /// <summary>Added to each element.</summary>
    public float Offset { get; } = offset;
}
