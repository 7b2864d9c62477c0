using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Adam whose rate is rectified while the mean of squares is of few gradients, with the update of PyTorch's <c>RAdam</c>: with
/// <c>r_inf = 2 / (1 - Beta2) - 1</c> and <c>r = r_inf - 2 t Beta2^t / (1 - Beta2^t)</c>, t counting this optimizer's steps from 1, a step is
/// <c>p -= LearningRate m / (1 - Beta1^t)</c> as long as r is at most 5, and from then on
/// <c>sqrt((r - 4) (r - 2) r_inf / ((r_inf - 4) (r_inf - 2) r)) sqrt(1 - Beta2^t) / (sqrt(v) + Epsilon)</c> times that.
/// Liu et al., "On the variance of the adaptive learning rate and beyond" (2020).
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
public sealed class RAdam(float learningRate = 1e-3f) : MomentOptimizer(learningRate)
{
    // Of fewer gradients than these the variance of the rate cannot be estimated.
    private const double FewestGradients = 5;

    private bool _rectified;
    private double _rectification;

    private protected override void BeginMoments()
    {
        double longest = (2 / (1 - (double)Beta2)) - 1, correction = Correction.Second;
        double length = longest - (2 * Steps * Math.Pow(Beta2, Steps) / correction);
        _rectified = length > FewestGradients;
        _rectification = _rectified ? Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) * Math.Sqrt(correction) : 1;
    }

    private protected override AdamNumbers Complete(in AdamNumbers moments, ParameterSettings settings) =>
        moments with { Rate = (float)(settings.LearningRate / Correction.First * _rectification), Epsilon = Epsilon };

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (_rectified) Run(start, parameters, gradients, new AdamRule(NumbersAt(start)));
        else Run(start, parameters, gradients, new UnrectifiedRule(NumbersAt(start)));
    }
}
