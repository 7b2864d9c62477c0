using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Adam, with the update of PyTorch's <c>Adam</c>: <c>g = gradient + WeightDecay p; m = Beta1 m + (1 - Beta1) g; v = Beta2 v + (1 - Beta2) g^2;
/// p -= LearningRate / (1 - Beta1^t) m / (sqrt(v) / sqrt(1 - Beta2^t) + Epsilon)</c>, where t counts this optimizer's steps from 1.
/// Kingma and Ba, "Adam: a method for stochastic optimization" (2015).
/// </summary>
public class Adam : MomentOptimizer
{
    private readonly bool _decoupledDecay;

    /// <summary>Creates an Adam optimizer.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    public Adam(float learningRate = 1e-3f)
        : base(learningRate)
    {
    }

    private protected Adam(float learningRate, bool decoupledDecay)
        : base(learningRate) => _decoupledDecay = decoupledDecay;

    /// <summary>
    /// Whether a step is divided by the root of the largest v so far, so that rates never rise again. A third number is remembered for each parameter.
    /// Reddi, Kale and Kumar, "On the convergence of Adam and beyond" (2018).
    /// </summary>
    public bool AmsGrad { get; init; }

    private protected sealed override int Memories => AmsGrad ? 3 : 2;

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        base.CarryOver(transfer);
        transfer.Setting(nameof(AmsGrad), AmsGrad);
    }

    private protected sealed override AdamNumbers Complete(in AdamNumbers moments, ParameterSettings settings)
    {
        // In double and rounded once. With c = sqrt(1 - Beta2^t): m / (sqrt(v) / c + Epsilon) = c m / (sqrt(v) + c Epsilon), one division less.
        double correction = Math.Sqrt(Correction.Second);
        return moments with
        {
            Kept = _decoupledDecay ? (float)(1 - (double)settings.LearningRate * settings.WeightDecay) : 1,
            Penalty = _decoupledDecay ? 0 : settings.WeightDecay,
            Rate = (float)(settings.LearningRate * correction / Correction.First),
            Epsilon = EpsilonTimes(correction),
        };
    }

    /// <inheritdoc/>
    protected internal sealed override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (AmsGrad) Run(start, parameters, gradients, new AmsGradRule(NumbersAt(start)));
        else Run(start, parameters, gradients, new AdamRule(NumbersAt(start)));
    }
}
