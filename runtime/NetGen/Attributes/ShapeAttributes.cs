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
/// Standardises the raw input: <c>y = (x - mean) / std</c>, with numbers fitted on the training data and saved with the network. It reads an input directly.
/// </summary>
/// <remarks>
/// One mean and one standard deviation for each feature of a flat or (time, features) input, for each channel of an image. A feature that never
/// varies is only centred. State: <c>mean</c> and <c>std</c>. Until it is fitted it is the identity.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StandardizeAttribute : LayerAttribute;

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
