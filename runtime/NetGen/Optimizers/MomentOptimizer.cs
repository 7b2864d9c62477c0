using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// What <see cref="Adam"/> and its relatives share: running means of gradients and of their squares,
/// <c>g = gradient + WeightDecay p; m = Beta1 m + (1 - Beta1) g; v = Beta2 v + (1 - Beta2) g^2</c>.
/// </summary>
public abstract class MomentOptimizer : Optimizer
{
    private long _steps;

    private protected MomentOptimizer(float learningRate)
        : base(learningRate)
    {
    }

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

    /// <summary>Steps so far, the one that has begun included.</summary>
    private protected long Steps => _steps;

    /// <summary><c>1 - Beta1^t</c> and <c>1 - Beta2^t</c> at this step, in double: by these means that start at 0 are too small.</summary>
    private protected (double First, double Second) Correction { get; private set; }

    /// <summary>The numbers of this step for some parameters: those that are given, with the rate and what differs.</summary>
    private protected abstract AdamNumbers Complete(in AdamNumbers moments, ParameterSettings settings);

    /// <summary>Prepares what is the same for all parameters of a step that has been counted.</summary>
    private protected virtual void BeginMoments()
    {
    }

    /// <inheritdoc/>
    protected sealed override void Begin(int parameterFloats)
    {
        _steps++;
        Correction = (1 - Math.Pow(Beta1, _steps), 1 - Math.Pow(Beta2, _steps));
        BeginMoments();
    }

    /// <summary>The numbers of this step for the parameters from a place on.</summary>
    private protected AdamNumbers NumbersAt(int start)
    {
        ParameterSettings settings = SettingsAt(start);
        return Complete(
            new AdamNumbers(
                Kept: 1,
                Penalty: settings.WeightDecay,
                KeptFirst: Beta1,
                NewFirst: (float)(1 - (double)Beta1),
                KeptSecond: Beta2,
                NewSecond: (float)(1 - (double)Beta2),
                Rate: 0,
                Epsilon: 0),
            settings);
    }

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfer.Setting(nameof(Beta1), Beta1);
        transfer.Setting(nameof(Beta2), Beta2);
        transfer.Setting(nameof(Epsilon), Epsilon);
        transfer.Count("steps", ref _steps);
    }

    private protected override int Memories => 2;

    /// <summary><c>scale Epsilon</c>, but never 0, also where the product is smaller than any float: 0 / 0 is what it is there to prevent.</summary>
    private protected float EpsilonTimes(double scale) => Math.Max((float)(scale * Epsilon), float.Epsilon);
}
