using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Adam with Nesterov's look ahead: <c>u_t = Beta1 (1 - 0.96^(t MomentumDecay) / 2); p -= LearningRate ((1 - u_t) g / (1 - u_1 ... u_t) + u_(t+1) m / (1 - u_1 ... u_(t+1))) /
/// (sqrt(v / (1 - Beta2^t)) + Epsilon)</c>, where t counts this optimizer's steps from 1, with m and v as in <see cref="Adam"/>.
/// Dozat, "Incorporating Nesterov momentum into Adam" (2016).
/// </summary>
/// <remarks>PyTorch's <c>NAdam</c> since version 2.0; before, its last product had u_t twice.</remarks>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class NAdam(float learningRate = 2e-3f) : MomentOptimizer(learningRate)
{
    private double _product = 1;
    private double _now;
    private double _next;

    /// <summary>How soon the momentum reaches <see cref="MomentOptimizer.Beta1"/>. Finite, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float MomentumDecay
    {
        get;
        init => field = NotNegative(value);
    } = 4e-3f;

    private protected override void BeginMoments()
    {
        (_now, _next) = (Momentum(Steps), Momentum(Steps + 1));
        _product *= _now;
    }

    private protected override AdamNumbers Complete(in AdamNumbers moments, ParameterSettings settings)
    {
        double correction = Math.Sqrt(Correction.Second);
        return moments with
        {
            Rate = (float)(settings.LearningRate * correction * _next / (1 - (_product * _next))),
            Epsilon = EpsilonTimes(correction),
        };
    }

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        double gradientRate = SettingsAt(start).LearningRate * Math.Sqrt(Correction.Second) * (1 - _now) / (1 - _product);
        Run(start, parameters, gradients, new NAdamRule(NumbersAt(start), (float)gradientRate));
    }

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        base.CarryOver(transfer);
        transfer.Setting(nameof(MomentumDecay), MomentumDecay);
        transfer.Number("product", ref _product);
    }

    private double Momentum(long step) => Beta1 * (1 - (0.5 * Math.Pow(0.96, step * (double)MomentumDecay)));
}
