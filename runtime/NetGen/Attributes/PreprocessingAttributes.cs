namespace NetGen;

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
/// Scales the raw input by numbers that outliers do not move: <c>y = (x - median) / iqr</c>, iqr being the distance from the first to the third
/// quartile, fitted on the training data and saved with the network. It reads an input directly, or after <c>[Impute]</c>. As scikit-learn's
/// <c>RobustScaler</c>.
/// </summary>
/// <remarks>
/// One median and one distance for each feature of a flat or (time, features) input, for each channel of an image. A feature whose middle half never varies is only centred. State:
/// <c>median</c> and <c>iqr</c>. Until it is fitted it is the identity.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RobustScaleAttribute : LayerAttribute;

/// <summary>
/// Replaces numbers that are not known, NaN, in the raw input by the mean or median of those that are, fitted on the training data and saved with the
/// network. It reads an input directly; a layer that scales may follow and is fitted to the numbers that are known. As scikit-learn's
/// <c>SimpleImputer</c>.
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

/// <summary>Scales and shifts by constants: <c>y = scale x + offset</c>; <c>[Rescale(1f / 255)]</c> maps bytes to 0..1. The shape stays.</summary>
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
