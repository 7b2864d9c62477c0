namespace NetGen.Training;

/// <summary>
/// Rises in a straight line from <see cref="Start"/> to 1 over the first share of the training, <c>Start + (1 - Start) done / share</c>, then follows another schedule over the rest:
/// PyTorch's <c>LinearLR</c> and <c>SequentialLR</c>. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour" (2017).
/// </summary>
/// <param name="share">Of the training, above 0 and below 1.</param>
/// <param name="then">What follows; it sees the rest of the training as the whole, and the results of all epochs.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is out of range.</exception>
/// <exception cref="ArgumentNullException"><paramref name="then"/> is null.</exception>
/// <example><code>
/// new Trainer&lt;FashionNet&gt;(net, new SGD(0.1f) { Momentum = 0.9f }) { Schedule = new Warmup(0.2, new CosineDecay()) };
/// </code></example>
public sealed class Warmup(double share, Schedule then) : Schedule
{
    private readonly double _share = Setting.Share(share);

    private readonly Schedule _then = then ?? throw new ArgumentNullException(nameof(then));

    /// <summary>The factor of the first step, 0 to 1; 0.04 by default, as PyTorch's <c>OneCycleLR</c> has it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Start { get; init => field = Setting.ZeroToOne(value); } = 0.04;

    /// <inheritdoc/>
    public override Span<double> State => _then.State;

    /// <inheritdoc/>
    public override void Begin() => _then.Begin();

    /// <inheritdoc/>
    public override void EndEpoch(in EpochResult result) => _then.EndEpoch(result);

    /// <inheritdoc/>
    public override double Factor(in TrainingProgress progress) =>
        progress.Done < _share ? Start + (1 - Start) * progress.Done / _share : _then.Factor(progress.After(_share));

    /// <summary>The settings: <c>Warmup(share 0.2, Start 0.04, CosineDecay(Least 0))</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"Warmup(share {_share}, Start {Start}, {_then})");
}
