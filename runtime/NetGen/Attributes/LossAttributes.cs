namespace NetGen;

/// <summary>
/// Softmax and cross-entropy in one, over the last axis of an output <c>[classes]</c> or <c>[time, classes]</c>: <c>L = -sum_i t_i log softmax(x)_i</c>. Targets are
/// class indices, or probabilities of each class. <c>Predict</c> returns probabilities; <c>PredictLogits</c> what the last layer gives.
/// </summary>
/// <remarks>As PyTorch's <c>CrossEntropyLoss</c>, its two options included.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// How much of each target is spread over all classes, <c>t = (1 - s) t + s / classes</c>, so that no logit is driven to infinity: at least 0 and below 1; 0 by default
    /// (Szegedy et al. 2016).
    /// </summary>
    public float LabelSmoothing { get; set; }

    /// <summary>
    /// How much each class counts, <c>L = -sum_i w_i t_i log softmax(x)_i</c>: one number above 0 a class, none by default. The mean over samples with class indices is divided by the sum of
    /// their classes' weights; over probabilities by the number of samples.
    /// </summary>
    public float[]? ClassWeights { get; set; }
}

/// <summary>
/// Sigmoid and binary cross-entropy in one, element by element: <c>L = max(x, 0) - x t + log(1 + exp(-|x|))</c>, of an output of any shape. Targets lie in 0..1.
/// <c>Predict</c> returns probabilities; <c>PredictLogits</c> what the last layer gives.
/// </summary>
/// <remarks>As PyTorch's <c>BCEWithLogitsLoss</c>, its option <c>pos_weight</c> included.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// How much yes counts against no, <c>L = p t log(1 + exp(-x)) + (1 - t) log(1 + exp(x))</c>: one number above 0, or one for each output along the last axis of <c>[outputs]</c> or
    /// <c>[time, outputs]</c>; 1 by default. Where one sample in ten is a yes, 9 balances them. The mean stays one over all elements.
    /// </summary>
    public float[]? PositiveWeights { get; set; }
}

/// <summary>Mean squared error: <c>L = (x - t)^2</c>, element by element, of an output of any shape.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanSquaredErrorAttribute : LossAttribute;

/// <summary>Mean absolute error: <c>L = |x - t|</c>, element by element, of an output of any shape.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;

/// <summary>Huber's loss: <c>L = d^2 / 2</c> for |d| &lt;= delta, <c>delta (|d| - delta / 2)</c> beyond, with <c>d = x - t</c>, element by element, of an output of any shape.</summary>
/// <param name="delta">Where it turns linear, above 0; 1 by default.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HuberAttribute(float delta = 1f) : LossAttribute
{
    /// <summary>Where it turns linear.</summary>
    public float Delta { get; } = delta;
}

/// <summary>
/// Focal loss over classes: <c>L = -sum_i t_i (1 - p_i)^gamma log p_i</c> with <c>p = softmax(x)</c>: what the network is sure of already counts less (Lin et al. 2017). Shapes,
/// targets and predictions are those of <see cref="SoftmaxCrossEntropyAttribute"/>, which it is for gamma = 0.
/// </summary>
/// <param name="gamma">How much less, at least 0; 2 by default.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxFocalAttribute(float gamma = 2f) : LossAttribute
{
    /// <summary>How much less what is sure counts.</summary>
    public float Gamma { get; } = gamma;

    /// <summary>How much each class counts, as in <see cref="SoftmaxCrossEntropyAttribute.ClassWeights"/>.</summary>
    public float[]? ClassWeights { get; set; }
}

/// <summary>
/// Focal loss of each element's yes or no: <c>L = -a (1 - q)^gamma log q</c>, where q is the probability of what is right,
/// <c>t sigmoid(x) + (1 - t) sigmoid(-x)</c>, and a is alpha for yes and 1 - alpha for no (Lin et al. 2017). Of an output of any shape; targets lie
/// in 0..1; <c>Predict</c> returns probabilities.
/// </summary>
/// <remarks>As torchvision's <c>sigmoid_focal_loss</c>; between 0 and 1 a target's cross-entropy takes the place of <c>-log q</c>, as there.</remarks>
/// <param name="gamma">How much less counts what is sure already, at least 0; 2 by default.</param>
/// <param name="alpha">How much yes counts against no, above 0 and below 1; 0.25 by default.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidFocalAttribute(float gamma = 2f, float alpha = 0.25f) : LossAttribute
{
    /// <summary>How much less what is sure counts.</summary>
    public float Gamma { get; } = gamma;

    /// <summary>How much yes counts against no.</summary>
    public float Alpha { get; } = alpha;
}

/// <summary>
/// The divergence of a distribution from the softmax of the output, over the last axis of <c>[classes]</c> or <c>[time, classes]</c>:
/// <c>L = sum_i t_i (log t_i - log softmax(x)_i)</c> (Kullback and Leibler 1951). Targets are probabilities, such as what another network predicts.
/// <c>Predict</c> returns probabilities. As PyTorch's <c>KLDivLoss(reduction='batchmean')</c> of <c>log_softmax(x)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KLDivergenceAttribute : LossAttribute;

/// <summary>
/// Hinge loss, element by element, of an output of any shape: <c>L = max(0, 1 - t x)</c>; targets are -1 and 1, what <c>Predict</c> returns is a
/// score whose sign decides (Cortes and Vapnik 1995).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HingeAttribute : LossAttribute;

/// <summary>
/// Quantile or pinball loss, element by element, of an output of any shape: <c>L = q (t - x)</c> where t is above x, <c>(1 - q) (x - t)</c>
/// otherwise: the output learns what a share q of the targets lies below (Koenker and Bassett 1978). Several quantiles are several outputs.
/// </summary>
/// <param name="quantile">The share, above 0 and below 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class QuantileAttribute(float quantile) : LossAttribute
{
    /// <summary>The share of targets that lie below the output.</summary>
    public float Quantile { get; } = quantile;
}

/// <summary>
/// One minus the cosine of the angle between output and target, over the last axis of <c>[features]</c> or <c>[time, features]</c>:
/// <c>L = 1 - x . t / (|x| |t|)</c>, each squared length plus 1e-12. As PyTorch's <c>CosineEmbeddingLoss</c> of pairs that belong together.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CosineDistanceAttribute : LossAttribute;

/// <summary>
/// Contrastive loss of two embeddings side by side, <c>x = [a, b]</c>: <c>L = t d^2 + (1 - t) max(0, margin - d)^2</c> with the distance <c>d = |a - b|</c>. What belongs together is drawn
/// together, what does not is pushed apart up to the margin (Hadsell, Chopra and LeCun 2006). The output is <c>[2 size]</c>, two outputs of one encoder joined by
/// <see cref="ConcatAttribute"/>; the target is one number a sample: 1 for the same, 0 for different. <c>Predict</c> returns both embeddings.
/// </summary>
/// <remarks>The distance is that of PyTorch's <c>pairwise_distance</c>, which adds 1e-6 to each difference so that equal embeddings have a gradient.</remarks>
/// <param name="margin">How far apart different ones are to be, above 0; 1 by default.</param>
/// <example>
/// <code>
/// [Network]
/// [Input(64, Name = "left"), Input(64, Name = "right")]
/// [Repeat&lt;Encoder&gt;(1, From = "left", Name = "encoder"), Repeat&lt;Encoder&gt;(1, From = "right", Share = "encoder")]
/// [Concat("encoder"), Contrastive]
/// public sealed partial class SameOrNot;
///
/// [Block, Dense(32), ReLU, Dense(8)] file class Encoder;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ContrastiveAttribute(float margin = 1f) : LossAttribute
{
    /// <summary>How far apart different ones are to be.</summary>
    public float Margin { get; } = margin;
}

/// <summary>
/// Triplet loss of three embeddings side by side, <c>x = [a, p, n]</c>: <c>L = max(0, |a - p| - |a - n| + margin)</c>. The anchor a is to be closer
/// to the positive p, which belongs to it, than to the negative n, by the margin (Schroff, Kalenichenko and Philbin 2015). The output is
/// <c>[3 size]</c>, three outputs of one encoder joined by <see cref="ConcatAttribute"/> in this order; there is no target. <c>Predict</c> returns
/// the three embeddings.
/// </summary>
/// <remarks>As PyTorch's <c>TripletMarginLoss</c>, whose distances add 1e-6 to each difference.</remarks>
/// <param name="margin">By how much closer, above 0; 1 by default.</param>
/// <example>
/// <code>
/// [Network]
/// [Input(64, Name = "anchor"), Input(64, Name = "positive"), Input(64, Name = "negative")]
/// [Repeat&lt;Encoder&gt;(1, From = "positive", Name = "near"), Repeat&lt;Encoder&gt;(1, From = "negative", Name = "far", Share = "near")]
/// [Repeat&lt;Encoder&gt;(1, From = "anchor", Share = "near"), Concat("near", "far"), Triplet]
/// public sealed partial class CloserTo;
///
/// [Block, Dense(32), ReLU, Dense(8)] file class Encoder;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TripletAttribute(float margin = 1f) : LossAttribute
{
    /// <summary>By how much closer.</summary>
    public float Margin { get; } = margin;
}

/// <summary>A loss <c>L = f(x, t)</c> of your own, element by element, of an output of any shape.</summary>
/// <typeparam name="TFunction">The loss; the generated code must see it, so neither private nor <c>file</c>.</typeparam>
/// <example>
/// <code>
/// [Network, Input(4), Dense(1), Loss&lt;LogCosh&gt;]
/// public sealed partial class Net;
///
/// public readonly struct LogCosh : ILossFunction
/// {
///     public static V Value&lt;V&gt;(V prediction, V target) where V : struct, ILanes&lt;V&gt;
///     {
///         V distance = V.Abs(prediction - target);
///         return distance + VectorMath.Softplus(V.Broadcast(-2) * distance) - V.Broadcast(0.693147181f);
///     }
///
///     public static V Derivative&lt;V&gt;(V prediction, V target) where V : struct, ILanes&lt;V&gt; => VectorMath.Tanh(prediction - target);
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute<TFunction> : LossAttribute where TFunction : struct, ILossFunction;
