namespace NetGen;

/// <summary>
/// Normalises each feature, or each channel of an image, over the batch: <c>y = weight (x - mean) / sqrt(variance + epsilon) + bias</c> (Ioffe and Szegedy 2015). As
/// PyTorch's <c>BatchNorm1d</c>, <c>2d</c> and <c>3d</c>.
/// </summary>
/// <remarks>
/// <para>
/// Training takes mean and (biased) variance of the batch, over all pixels or time steps, and moves the running statistics towards them:
/// <c>running += Momentum (batch - running)</c>, with the unbiased variance. Prediction takes the running statistics.
/// </para>
/// <para>
/// The shape stays. Features are the last axis of a flat or (time, features) value, channels the first of (channels, height, width). Parameters: <c>weight</c> (starts at 1)
/// and <c>bias</c> (starts at 0); state: <c>running_mean</c> and <c>running_var</c>; all <c>[channels]</c>. <c>Forward</c> and <c>TrainStep</c> change the state.
/// A batch of a single value a channel normalises to 0 and leaves the running variance as it is.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormAttribute : ParameterLayerAttribute
{
    /// <summary>How much a batch counts in the running statistics: above 0, at most 1; 0.1 by default.</summary>
    public float Momentum { get; set; } = 0.1f;

    /// <summary>Added to the variance: above 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}

/// <summary>
/// Normalises each sample's features, or each time step's, or an image as a whole: <c>y = weight (x - mean) / sqrt(variance + epsilon) + bias</c> (Ba et al. 2016). As PyTorch's
/// <c>LayerNorm</c>.
/// </summary>
/// <remarks>
/// The shape stays. Over the last axis of a flat or (time, features) value, with <c>weight</c> and <c>bias</c> <c>[features]</c>; over all of (channels, height, width), with
/// <c>weight</c> and <c>bias</c> of that shape. weight starts at 1, bias at 0.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : ParameterLayerAttribute
{
    /// <summary>Added to the variance: above 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}

/// <summary>
/// Divides each sample's features, or each time step's, or an image as a whole, by their root mean square: <c>y = weight x / sqrt(mean(x²) + epsilon)</c> (Zhang and Sennrich 2019).
/// </summary>
/// <remarks>The shape stays. Over what <see cref="LayerNormAttribute"/> normalises; <c>weight</c> has that shape and starts at 1.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RMSNormAttribute : ParameterLayerAttribute
{
    /// <summary>Added to the mean square: above 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}

/// <summary>
/// Normalises each sample's groups of channels, over all pixels: <c>y = weight (x - mean) / sqrt(variance + epsilon) + bias</c> (Wu and He 2018). As PyTorch's <c>GroupNorm</c>.
/// </summary>
/// <remarks>
/// The shape stays. Features are the last axis of a flat or (time, features) value, channels the first of (channels, height, width). Parameters: <c>weight</c> (starts at 1) and
/// <c>bias</c> (starts at 0), <c>[channels]</c>.
/// </remarks>
/// <param name="groups">Number of groups; it divides the channels.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormAttribute(int groups) : ParameterLayerAttribute
{
    /// <summary>Number of groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>Added to the variance: above 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}

/// <summary>
/// Normalises each channel of each sample over its pixels or time steps: <c>y = (x - mean) / sqrt(variance + epsilon)</c> (Ulyanov et al. 2016). As PyTorch's
/// <c>InstanceNorm1d</c>, <c>2d</c> and <c>3d</c>, without running statistics.
/// </summary>
/// <remarks>
/// The shape stays; a flat value, of one number a channel, is refused. With <see cref="Affine"/> also <c>weight</c> (starts at 1) and <c>bias</c> (starts at 0), <c>[channels]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InstanceNormAttribute : ParameterLayerAttribute
{
    /// <summary>Whether the result is multiplied by a weight and a bias added; off by default.</summary>
    public bool Affine { get; set; }

    /// <summary>Added to the variance: above 0; 1e-5 by default.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}
