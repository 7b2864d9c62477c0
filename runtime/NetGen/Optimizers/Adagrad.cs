using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Adagrad, with the update of PyTorch's <c>Adagrad</c>: <c>g = gradient + WeightDecay p; s += g^2;
/// p -= LearningRate / (1 + (t - 1) LearningRateDecay) g / (sqrt(s) + Epsilon)</c>, where t counts this optimizer's steps from 1.
/// Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization" (2011).
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class Adagrad(float learningRate = 1e-2f) : Optimizer(learningRate)
{
    private long _steps;
    private double _kept;

    /// <summary>How fast the rate falls with the steps. Finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LearningRateDecay
    {
        get;
        init => field = NotNegative(value);
    }

    /// <summary>What the sums of squares start from. Finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float InitialAccumulator
    {
        get;
        init => field = NotNegative(value);
    }

    /// <summary>Added to the denominator, so that it is never 0. Finite, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value);
    } = 1e-10f;

    private protected override int Memories => 1;

    private protected override float MemoryStart => InitialAccumulator;

    /// <inheritdoc/>
    protected override void Begin(int parameterFloats)
    {
        _kept = 1 / (1 + (_steps * (double)LearningRateDecay));
        _steps++;
    }

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfer.Setting(nameof(LearningRateDecay), LearningRateDecay);
        transfer.Setting(nameof(InitialAccumulator), InitialAccumulator);
        transfer.Setting(nameof(Epsilon), Epsilon);
        transfer.Count("steps", ref _steps);
    }

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        (float rate, float decay) = SettingsAt(start);
        Run(start, parameters, gradients, new AdagradRule((float)(rate * _kept), decay, Epsilon));
    }
}
