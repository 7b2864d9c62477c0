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
