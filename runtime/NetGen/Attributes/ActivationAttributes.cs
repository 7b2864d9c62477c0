namespace NetGen;

/// <summary>Rectified linear unit: <c>y = max(x, 0)</c>, element by element. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReLUAttribute : LayerAttribute;

/// <summary>Leaky rectified linear unit: <c>y = x</c> for x &gt; 0, <c>slope x</c> otherwise. The shape stays.</summary>
/// <param name="slope">The slope below zero, at least 0; 0.01 by default, as in PyTorch.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReLUAttribute(float slope = 0.01f) : LayerAttribute
{
    /// <summary>The slope below zero.</summary>
    public float Slope { get; } = slope;
}

/// <summary>Exponential linear unit: <c>y = x</c> for x &gt; 0, <c>alpha (exp(x) - 1)</c> otherwise (Clevert et al. 2016). The shape stays.</summary>
/// <param name="alpha">Minus the limit at negative infinity, above 0; 1 by default.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ELUAttribute(float alpha = 1f) : LayerAttribute
{
    /// <summary>Minus the limit at negative infinity.</summary>
    public float Alpha { get; } = alpha;
}

/// <summary>Gaussian error linear unit: <c>y = x Phi(x) = x (1 + erf(x / sqrt 2)) / 2</c>, exact (Hendrycks and Gimpel 2016). The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GELUAttribute : LayerAttribute;

/// <summary>Sigmoid linear unit, also called swish: <c>y = x sigmoid(x)</c>. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiLUAttribute : LayerAttribute;

/// <summary>Logistic function: <c>y = 1 / (1 + exp(-x))</c>. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>Hyperbolic tangent: <c>y = tanh(x)</c>. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhAttribute : LayerAttribute;

/// <summary>Smooth rectifier: <c>y = log(1 + exp(x))</c>. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary>Piecewise approximation of SiLU: <c>y = x min(max(x + 3, 0), 6) / 6</c> (Howard et al. 2019). The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>
/// Softmax over the last axis of a flat or (time, features) value: <c>y_i = exp(x_i) / sum_j exp(x_j)</c>. Leave it
/// out before <see cref="SoftmaxCrossEntropyAttribute"/>, which contains it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>Leaky rectified linear unit whose slope is learnt: <c>y = x</c> for x &gt; 0, <c>weight x</c> otherwise (He et al. 2015). As PyTorch's <c>PReLU</c>.</summary>
/// <remarks>The shape stays. Parameter: <c>weight</c>, <c>[channels]</c>, a slope for each feature or channel, or <c>[1]</c> for all.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute : ParameterLayerAttribute
{
    /// <summary>Whether each feature, or each channel of an image, has a slope of its own; on by default.</summary>
    public bool PerChannel { get; set; } = true;

    /// <summary>What the slopes start at; 0.25 by default, as in PyTorch.</summary>
    public float Slope { get; set; } = 0.25f;
}

/// <summary>An activation of your own, <c>y = f(x)</c>, element by element; the shape stays. It joins the layer before it as the built-in ones do.</summary>
/// <typeparam name="TFunction">The function; the generated code must see it, so neither private nor <c>file</c>.</typeparam>
/// <example>
/// <code>
/// [Network, Input(4), Dense(8), Activation&lt;Snake&gt;, Dense(1), MeanSquaredError]
/// public sealed partial class Net;
///
/// public readonly struct Snake : IActivationFunction   // x + sin²x
/// {
///     public static V Value&lt;V&gt;(V x) where V : struct, ILanes&lt;V&gt;
///     {
///         V sine = VectorMath.Sin(x);
///         return V.MultiplyAdd(sine, sine, x);
///     }
///
///     public static V Derivative&lt;V&gt;(V x) where V : struct, ILanes&lt;V&gt; => V.Broadcast(1) + VectorMath.Sin(x + x);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute<TFunction> : LayerAttribute where TFunction : struct, IActivationFunction;
