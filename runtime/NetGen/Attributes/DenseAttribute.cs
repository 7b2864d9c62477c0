namespace NetGen;

/// <summary>A fully connected layer: <c>y = x W + b</c>. Over (time, features) it is applied to every time step.</summary>
/// <remarks>
/// Input <c>[in]</c> gives <c>[units]</c>; input <c>[time, in]</c> gives <c>[time, units]</c>. Images want <see cref="FlattenAttribute"/> before it.
/// Parameters: <c>weight</c> <c>[units, in]</c> and <c>bias</c> <c>[units]</c>, as PyTorch's <c>Linear</c>.
/// </remarks>
/// <param name="units">Number of outputs, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : ParameterLayerAttribute
{
    /// <summary>Number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>Whether <c>b</c> is added; on by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weight starts; by default it follows the next layer that is no norm and no dropout: He before the ReLU family, Glorot otherwise. The bias starts at zero.
    /// </summary>
    public Initializer Init { get; set; }

    /// <summary>The standard deviation of <see cref="Initializer.Normal"/> (default 0.02) or the bound of <see cref="Initializer.Uniform"/> (default 0.05).</summary>
    public float InitScale { get; set; }
}
