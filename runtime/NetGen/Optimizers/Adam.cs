using System.Numerics;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Adam, with the update of PyTorch's <c>Adam</c>: <c>g = gradient + WeightDecay p; m = Beta1 m + (1 - Beta1) g; v = Beta2 v + (1 - Beta2) g^2;
/// p -= LearningRate / (1 - Beta1^t) m / (sqrt(v) / sqrt(1 - Beta2^t) + Epsilon)</c>, where t counts this optimizer's steps from 1.
/// Kingma and Ba, "Adam: a method for stochastic optimization" (2015).
/// </summary>
public class Adam : Optimizer
{
    private readonly bool _decoupledDecay;
    private AlignedBuffer? _first;
    private AlignedBuffer? _second;
    private long _steps;

    /// <summary>Creates an Adam optimizer.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    public Adam(float learningRate = 1e-3f)
        : base(learningRate)
    {
    }

    private protected Adam(float learningRate, bool decoupledDecay)
        : base(learningRate) => _decoupledDecay = decoupledDecay;

    /// <summary>How slowly the mean of gradients changes, in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = BelowOne(value);
    } = 0.9f;

    /// <summary>How slowly the mean of squared gradients changes, in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = BelowOne(value);
    } = 0.999f;

    /// <summary>Added to the denominator, so that it is never 0. Finite, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value);
    } = 1e-8f;

    /// <summary>
    /// The L2 penalty: this much of each parameter is added to its gradient (in <see cref="AdamW"/>, taken off the parameter itself). Finite, at
    /// least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value);
    }

    /// <inheritdoc/>
    protected sealed override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        Span<float> firstMoments = (_first ??= new AlignedBuffer(parameters.Length)).Span;
        Span<float> secondMoments = (_second ??= new AlignedBuffer(parameters.Length)).Span;
        _steps++;

        (float beta1, float beta2) = (Beta1, Beta2);

        // Scalars in double and rounded once, as PyTorch does.
        float stepSize = (float)(LearningRate / (1 - Math.Pow(beta1, _steps)));
        float correction = (float)Math.Sqrt(1 - Math.Pow(beta2, _steps));
        float newInFirst = (float)(1 - (double)beta1);
        float newInSecond = (float)(1 - (double)beta2);
        float kept = _decoupledDecay ? (float)(1 - (double)LearningRate * WeightDecay) : 1;
        float penalty = _decoupledDecay ? 0 : WeightDecay;
        Vector<float> epsilon = new(Epsilon);

        for (int i = 0; i < parameters.Length; i += Vector<float>.Count)
        {
            Vector<float> parameter = kept * Lanes.Load(parameters, i);
            Vector<float> gradient = Lanes.Load(gradients, i);
            if (penalty != 0)
            {
                gradient += penalty * parameter;
            }
            Vector<float> first = beta1 * Lanes.Load(firstMoments, i) + newInFirst * gradient;
            Vector<float> second = beta2 * Lanes.Load(secondMoments, i) + newInSecond * (gradient * gradient);
            Lanes.Store(first, firstMoments, i);
            Lanes.Store(second, secondMoments, i);
            Vector<float> denominator = Vector.SquareRoot(second) / new Vector<float>(correction) + epsilon;
            Lanes.Store(parameter - stepSize * (first / denominator), parameters, i);
        }
    }
}
