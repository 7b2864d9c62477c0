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
    private AdamNumbers _numbers;

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
    protected sealed override void Begin(int parameterFloats)
    {
        _first ??= new AlignedBuffer(parameterFloats);
        _second ??= new AlignedBuffer(parameterFloats);
        _steps++;

        // In double and rounded once. With c = sqrt(1 - Beta2^t): m / (sqrt(v) / c + Epsilon) = c m / (sqrt(v) + c Epsilon), one division less.
        double correction = Math.Sqrt(1 - Math.Pow(Beta2, _steps));
        _numbers = new AdamNumbers(
            Kept: _decoupledDecay ? (float)(1 - (double)LearningRate * WeightDecay) : 1,
            Penalty: _decoupledDecay ? 0 : WeightDecay,
            KeptFirst: Beta1,
            NewFirst: (float)(1 - (double)Beta1),
            KeptSecond: Beta2,
            NewSecond: (float)(1 - (double)Beta2),
            Rate: (float)(LearningRate * correction / (1 - Math.Pow(Beta1, _steps))),
            // Never 0, also where the product is smaller than any float: 0 / 0 is what it is there to prevent.
            Epsilon: Math.Max((float)(correction * Epsilon), float.Epsilon));
    }

    /// <inheritdoc/>
    protected internal sealed override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients) =>
        Simd.Run(new AdamStep(
            parameters, gradients, _first!.Span.Slice(start, parameters.Length), _second!.Span.Slice(start, parameters.Length), _numbers));
}
