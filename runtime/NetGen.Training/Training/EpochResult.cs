using System.Text.Json.Serialization;

namespace NetGen.Training;

/// <summary>What one epoch of training gave.</summary>
public readonly record struct EpochResult
{
    /// <summary>The epoch, from 1, within this training: a call of <see cref="Trainer{TNetwork}.Fit"/>, and those before it whose checkpoint it went on from.</summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// <c>sum_b w_b L_b / sum_b w_b</c> over the epoch's batches, <c>L_b</c> being a batch's loss before its step and <c>w_b</c> the sum of its
    /// samples' weights (their number, where none are given); where sequences have lengths, of the weights of their real steps.
    /// </summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The loss over the validation part after the epoch; null without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>
    /// The share of the validation part's classes that are predicted right, 0 to 1, every sample, or every real time step, counting once; null without
    /// one or without classes.
    /// </summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The values of <see cref="Trainer{TNetwork}.Metrics"/> over the validation part; empty without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MetricValues Metrics { get; init; }

    /// <summary>The learning rate of its last step.</summary>
    public float LearningRate { get; init; }

    /// <summary><see cref="INetwork.StepCount"/> at its end.</summary>
    public long Step { get; init; }

    /// <summary>Batches that changed nothing, because a loss or gradient was infinite or not a number (<see cref="NonFinitePolicy.SkipBatch"/>).</summary>
    public int SkippedBatches { get; init; }

    /// <summary>Seconds that the epoch took, validation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Samples trained on in a second, validation not included.</summary>
    public required double SamplesPerSecond { get; init; }
}
