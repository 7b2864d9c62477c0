using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Stochastic gradient descent, with the update of PyTorch's <c>SGD</c>:
/// <c>g = gradient + WeightDecay p; v = Momentum v + g; p -= LearningRate v</c>, or <c>p -= LearningRate (g + Momentum v)</c> with
/// <see cref="Nesterov"/>.
/// Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013).
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class SGD(float learningRate = 1e-2f) : Optimizer(learningRate)
{
    /// <summary>How much of the last step's direction is kept, in [0, 1); 0 keeps none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = BelowOne(value);
    }

    /// <summary>Whether the step looks ahead along the momentum; without <see cref="Momentum"/> it makes no difference.</summary>
    public bool Nesterov { get; init; }

    // The first velocity is the gradient itself, as in PyTorch, because the memory starts at zero.
    private protected override int Memories => Momentum != 0 ? 1 : 0;

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfer.Setting(nameof(Momentum), Momentum);
        transfer.Setting(nameof(Nesterov), Nesterov);
    }

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        (float rate, float decay) = SettingsAt(start);
        if (Momentum != 0)
        {
            Run(start, parameters, gradients, new MomentumRule(rate, Momentum, decay, Nesterov));
        }
        else if (decay != 0)
        {
            Simd.Run(new BinaryMap<DecayedDescent>(parameters, gradients, parameters, new(rate, decay)));
        }
        else
        {
            Simd.Run(new BinaryMap<Descent>(parameters, gradients, parameters, new(rate)));
        }
    }

    /// <inheritdoc/>
    internal override bool IsPlainDescent(int start, out float rate, out float decay)
    {
        (rate, decay) = SettingsAt(start);
        return Momentum == 0 && IsRuleAlone(start);
    }
}
