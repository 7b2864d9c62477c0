using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Lion: <c>p *= 1 - LearningRate WeightDecay; p -= LearningRate sign(Beta1 m + (1 - Beta1) gradient); m = Beta2 m + (1 - Beta2) gradient</c>. Every parameter moves as far,
/// so its learning rate is three to ten times smaller than <see cref="AdamW"/>'s, and its weight decay as much larger.
/// Chen et al., "Symbolic discovery of optimization algorithms" (2023).
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class Lion(float learningRate = 1e-4f) : Optimizer(learningRate)
{
    /// <summary>How much of the mean of gradients decides a step's direction, in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = BelowOne(value);
    } = 0.9f;

    /// <summary>How slowly the mean of gradients changes, in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = BelowOne(value);
    } = 0.99f;

    private protected override int Memories => 1;

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfer.Setting(nameof(Beta1), Beta1);
        transfer.Setting(nameof(Beta2), Beta2);
    }

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        (float rate, float decay) = SettingsAt(start);
        Run(start, parameters, gradients, new LionRule((float)(1 - (double)rate * decay), rate, Beta1, Beta2));
    }
}
