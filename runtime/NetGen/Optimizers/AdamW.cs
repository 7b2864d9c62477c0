namespace NetGen;

/// <summary>
/// Adam with decoupled weight decay, with the update of PyTorch's <c>AdamW</c>: <c>p *= 1 - LearningRate WeightDecay</c>, then <see cref="Adam"/>'s
/// without a penalty.
/// Loshchilov and Hutter, "Decoupled weight decay regularization" (2019).
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Creates an AdamW optimizer with a weight decay of 0.01.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    public AdamW(float learningRate = 1e-3f)
        : base(learningRate, decoupledDecay: true) => WeightDecay = 0.01f;
}
