namespace NetGen.Training;

/// <summary>Trains a network on a data set, epoch by epoch.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
/// <param name="network">What is trained.</param>
/// <param name="optimizer">How its parameters change.</param>
/// <example><code>
/// var trainer = new Trainer&lt;DigitNet&gt;(net, new Adam(learningRate: 1e-3f)) { Epochs = 20, BatchSize = 64 };
/// trainer.Fit(train, validation, ConsoleProgress.Auto);
/// </code></example>
public sealed partial class Trainer<TNetwork>(TNetwork network, Optimizer optimizer)
    where TNetwork : ITrainable
{
    /// <summary>What is trained.</summary>
    public TNetwork Network { get; } = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>How its parameters change.</summary>
    public Optimizer Optimizer { get; } = optimizer ?? throw new ArgumentNullException(nameof(optimizer));

    /// <summary>How often <see cref="Fit"/> goes through the training part; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Epochs { get; init => field = Setting.That(value >= 1, value, "at least 1"); } = 10;

    /// <summary>Samples in one step; 32 by default. The last batch of an epoch may be smaller, but for an <see cref="IStateful"/> network, which leaves it out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize { get; init => field = Setting.That(value >= 1, value, "at least 1"); } = 32;

    /// <summary>
    /// Decides the order of samples and the random numbers of <see cref="Augmentation"/> and <see cref="MixUp"/>; 0 by default. What dropout draws from is the network's own
    /// (<see cref="ITrainable.Seed"/>).
    /// </summary>
    public long Seed { get; init; }

    /// <summary>Whether to leave out the last batch of an epoch when it is smaller; false by default.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// When to end though epochs are left, counted from the first step; null, the default, for never. The epoch that is then cut short counts the
    /// batches it had. A <see cref="Schedule"/> comes to its end by then; which steps are made depends on the machine's speed, and so do the results.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public TimeSpan? TimeLimit { get; init => field = Setting.That(value is null || value > TimeSpan.Zero, value, "a time above 0"); }

    /// <summary>
    /// How the learning rate changes from step to step; null, the default, leaves it as it is. It spans <see cref="Epochs"/>: one call of <see cref="Fit"/>, or all those that went on
    /// from one another's checkpoints.
    /// </summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// How each sample is changed before it is learned; null, the default, for not at all. <see cref="Seed"/> decides its random numbers.
    /// </summary>
    public IAugmentation? Augmentation { get; init; }

    /// <summary>
    /// How strongly each sample is mixed with another, inputs and targets alike: the alpha of the Beta distribution that the weights are drawn from,
    /// 0.1 to 0.4 for images; 0, the default, for not at all. Classes become probabilities (Zhang et al. 2018).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    public float MixUp { get; init => field = Setting.That(value is >= 0 and <= 1, value, "0 to 1"); }

    /// <summary>Whether the next batch is gathered and augmented on a thread of the pool while this one is learned; false by default. The results are the same.</summary>
    public bool Prefetch { get; init; }

    /// <summary>
    /// How good an epoch was, lower being better: what <see cref="EarlyStopping"/> and <see cref="Checkpoints.KeepBest"/> go by. By default the
    /// validation loss, and without a validation part the training loss. Accuracy is <c>result => -result.ValidationAccuracy!.Value</c>, and one of
    /// <see cref="Metrics"/> <c>result => result.Metrics["MAE"]</c>. Not a number is worse than any.
    /// </summary>
    public Func<EpochResult, double> Score { get; init; } = static result => result.ValidationLoss ?? result.TrainingLoss;

    /// <summary>When to end because nothing gets better; null, the default, for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Where and when to save all that training needs to go on; null, the default, for not at all.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>What happens when a loss or a gradient is infinite or not a number; by default training stops.</summary>
    public NonFinitePolicy NonFinite { get; init; }

    /// <summary>
    /// Whether to learn one batch over and over, without augmentation: a network that cannot bring the loss of one batch near zero has a mistake in it or in its data. False by default.
    /// </summary>
    public bool OverfitOneBatch { get; init; }

    /// <summary>
    /// What is measured over the validation part after each epoch, beside its loss and accuracy: <see cref="EpochResult.Metrics"/> has the values by name. None by default.
    /// </summary>
    /// <example><code>
    /// trainer.Metrics.Add(new F1Score(classes: 10));
    /// </code></example>
    public IList<IMetric> Metrics { get; } = [];

    /// <summary>Called after each epoch, in order.</summary>
    public IList<EpochCallback> Callbacks { get; } = [];

    /// <summary>Told of each step and epoch, in order, before <see cref="Callbacks"/>: logs, and observers of your own.</summary>
    public IList<TrainingObserver> Observers { get; } = [];

    /// <summary>Measures <see cref="TimeLimit"/>.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
