namespace NetGen;

/// <summary>
/// Softmax and cross-entropy in one, over the last axis of an output <c>[classes]</c> or <c>[time, classes]</c>: <c>L = -sum_i t_i log softmax(x)_i</c>. Targets are
/// class indices, or probabilities of each class. <c>Predict</c> returns probabilities; <c>PredictLogits</c> what the last layer gives.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute;

/// <summary>
/// Sigmoid and binary cross-entropy in one, element by element: <c>L = max(x, 0) - x t + log(1 + exp(-|x|))</c>, of an output of any shape. Targets lie in 0..1.
/// <c>Predict</c> returns probabilities; <c>PredictLogits</c> what the last layer gives.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidCrossEntropyAttribute : LossAttribute;

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
