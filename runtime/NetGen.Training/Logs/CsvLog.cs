using System.Globalization;

namespace NetGen.Training;

/// <summary>The results of a training's epochs as a CSV file; <see cref="Trainer{TNetwork}.Metrics"/> are the last columns.</summary>
/// <param name="path">The file; its folder exists.</param>
/// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
/// <example><code>
/// trainer.Observers.Add(new CsvLog("training.csv"));
/// </code></example>
public sealed class CsvLog(string path) : EpochLog(path)
{
    private protected override string Header(TrainingSettings settings) =>
        "epoch,step,training_loss,validation_loss,validation_accuracy,learning_rate,skipped_batches,seconds,samples_per_second"
        + (settings.Metrics.Length == 0 ? "" : "," + settings.Metrics.Replace(", ", ",", StringComparison.Ordinal));

    private protected override string Line(in EpochResult result)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Epoch},{result.Step},{result.TrainingLoss},{result.ValidationLoss},{result.ValidationAccuracy},{result.LearningRate},{result.SkippedBatches},")
            + string.Create(CultureInfo.InvariantCulture, $"{result.Seconds:0.####},{result.SamplesPerSecond:0.#}");
        foreach ((string _, double value) in result.Metrics)
        {
            line += string.Create(CultureInfo.InvariantCulture, $",{value}");
        }
        return line;
    }
}
