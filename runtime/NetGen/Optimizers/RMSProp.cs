using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// RMSProp, with the update of PyTorch's <c>RMSprop</c>: <c>g = gradient + WeightDecay p; s = Alpha s + (1 - Alpha) g^2;
/// b = Momentum b + g / (sqrt(s) + Epsilon); p -= LearningRate b</c>. With <see cref="Centered"/> the root is of <c>s - a^2</c>, with <c>a = Alpha a + (1 - Alpha) g</c>.
/// Tieleman and Hinton, "Lecture 6.5: rmsprop" (2012); Graves, "Generating sequences with recurrent neural networks" (2013), for the centered one.
/// </summary>
/// <param name="learningRate">Finite, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
public sealed class RMSProp(float learningRate = 1e-2f) : Optimizer(learningRate)
{
    /// <summary>How slowly the mean of squared gradients changes, in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Alpha
    {
        get;
        init => field = BelowOne(value);
    } = 0.99f;

    /// <summary>How much of the last step's direction is kept, in [0, 1); 0 keeps none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = BelowOne(value);
    }

    /// <summary>Whether gradients are divided by their deviation instead of the root of their squares' mean.</summary>
    public bool Centered { get; init; }

    /// <summary>Added to the denominator, so that it is never 0. Finite, above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value);
    } = 1e-8f;

    private protected override int Memories => Rule(default).Memories;

    /// <inheritdoc/>
    protected override void CarryOver(OptimizerTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        transfer.Setting(nameof(Alpha), Alpha);
        transfer.Setting(nameof(Momentum), Momentum);
        transfer.Setting(nameof(Centered), Centered);
        transfer.Setting(nameof(Epsilon), Epsilon);
    }

    /// <inheritdoc/>
    protected internal override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients) => Run(start, parameters, gradients, Rule(SettingsAt(start)));

    private RMSPropRule Rule(ParameterSettings settings) =>
        new(new(settings.WeightDecay, Alpha, (float)(1 - (double)Alpha), settings.LearningRate, Momentum, Epsilon, Centered));
}
