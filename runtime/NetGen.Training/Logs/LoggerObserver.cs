using Microsoft.Extensions.Logging;

namespace NetGen.Training;

/// <summary>Tells a logger of a training's beginning, epochs and end, with the numbers as named values. An epoch allocates what the logger does with it.</summary>
/// <param name="logger">At level Information; skipped batches at Warning.</param>
/// <example><code>
/// trainer.Observers.Add(new LoggerObserver(loggerFactory.CreateLogger("training")));
/// </code></example>
public sealed partial class LoggerObserver(ILogger logger) : TrainingObserver
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <inheritdoc/>
    public override void Begin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        TrainingSettings settings = context.Settings;
        LogBegin(
            settings.Network, settings.TrainingSamples, settings.Epochs, context.History.Count,
            settings.Optimizer, settings.Schedule ?? "none", settings.Augmentation ?? "none");
    }

    /// <inheritdoc/>
    public override void Epoch(in EpochResult result, TrainingContext context)
    {
        LogEpoch(result.Epoch, result.TrainingLoss, result.ValidationLoss, result.ValidationAccuracy, result.Seconds);
        foreach ((string name, double value) in result.Metrics)
        {
            LogMetric(result.Epoch, name, value);
        }
        if (result.SkippedBatches > 0)
        {
            LogSkipped(result.Epoch, result.SkippedBatches);
        }
    }

    /// <inheritdoc/>
    public override void End(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        LogEnd(context.Settings.Network, context.History.Count);
    }

    [LoggerMessage(
        1, LogLevel.Information,
        "Training {Network} on {Samples} samples for {Epochs} epochs, of which {Done} are done; "
        + "optimizer {Optimizer}, schedule {Schedule}, augmentation {Augmentation}")]
    private partial void LogBegin(string network, int samples, int epochs, int done, string optimizer, string schedule, string augmentation);

    [LoggerMessage(2, LogLevel.Information, "Epoch {Epoch}: loss {Loss}, validation loss {ValidationLoss}, accuracy {Accuracy}, {Seconds} s")]
    private partial void LogEpoch(int epoch, double loss, double? validationLoss, double? accuracy, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "Epoch {Epoch}: {Skipped} batches skipped, whose losses or gradients were not finite")]
    private partial void LogSkipped(int epoch, int skipped);

    [LoggerMessage(4, LogLevel.Information, "Training of {Network} ended after {Epochs} epochs")]
    private partial void LogEnd(string network, int epochs);

    [LoggerMessage(5, LogLevel.Information, "Epoch {Epoch}: {Metric} {Value}")]
    private partial void LogMetric(int epoch, string metric, double value);
}
