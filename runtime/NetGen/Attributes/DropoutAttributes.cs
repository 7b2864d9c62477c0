namespace NetGen;

/// <summary>
/// Zeroes each element with probability <c>rate</c> while training and scales the rest by <c>1 / (1 - rate)</c>; the identity in prediction
/// (Srivastava et al. 2014). The shape stays.
/// </summary>
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
