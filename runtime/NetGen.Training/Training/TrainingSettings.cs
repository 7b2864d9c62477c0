namespace NetGen.Training;

/// <summary>What a training was asked for: the settings that a checkpoint belongs to, and that logs and reports name.</summary>
public sealed record TrainingSettings
{
    /// <summary>The network's class.</summary>
    public required string Network { get; init; }

    /// <summary>What dropout draws from; 0 where no layer draws random numbers.</summary>
    public required long NetworkSeed { get; init; }

    /// <summary>
    /// The optimizer's class, the learning rate that it was given, and those of its settings that are not off:
    /// <c>SGD(LearningRate 0.1, Momentum 0.9)</c>.
    /// </summary>
    public required string Optimizer { get; init; }

    /// <summary>The schedule's class and settings, <see cref="Schedule.ToString"/>; null where the rate is not scheduled.</summary>
    public string? Schedule { get; init; }

    /// <summary>
    /// The augmentation's class and settings, as its <see cref="object.ToString"/> gives them; null where samples are learned as they are.
    /// </summary>
    public string? Augmentation { get; init; }

    /// <summary>How strongly samples are mixed; 0 for not at all.</summary>
    public float MixUp { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Steps in an epoch.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Decides the order of samples and the random numbers of augmentation.</summary>
    public required long Seed { get; init; }

    /// <summary>Samples of the training part.</summary>
    public required int TrainingSamples { get; init; }

    /// <summary>Samples of the validation part; null without one.</summary>
    public int? ValidationSamples { get; init; }

    /// <summary>The names of what is measured over the validation part; empty for none.</summary>
    public required string Metrics { get; init; }

    /// <summary>A hash of the training part (<see cref="Dataset.Hash"/>), which is read for it when this is first asked for.</summary>
    public string DataHash { get => field ??= Data?.Hash ?? ""; init; }

    internal Dataset? Data { get; init; }
}
