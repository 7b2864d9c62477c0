using System.Globalization;

namespace NetGen.Training;

/// <summary>
/// The results of a training's epochs as an event file for TensorBoard: <c>loss/training</c>, <c>loss/validation</c>, <c>accuracy/validation</c>, <c>metrics/</c> with each name, and
/// <c>learning_rate</c>, by step. A training that goes on from a checkpoint begins another file, which tells TensorBoard to drop what the first one has of later steps. An epoch
/// allocates about 1 kB.
/// </summary>
/// <param name="folder">Made where it does not exist: one for each training.</param>
/// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty.</exception>
/// <example><code>
/// trainer.Observers.Add(new TensorBoardLog("runs/first"));   // tensorboard --logdir runs
/// </code></example>
public sealed class TensorBoardLog(string folder) : TrainingObserver
{
    private readonly string _folder = string.IsNullOrEmpty(folder) ? throw new ArgumentException("Expected a folder, got none.", nameof(folder)) : folder;
    private EventFile? _file;

    /// <inheritdoc/>
    public override void Begin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Directory.CreateDirectory(_folder);
        // TensorBoard reads the files of a folder in the order of their names.
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now / 1000}.{now % 1000:000}.{Environment.MachineName}");
        _file = new EventFile(File.Create(Path.Combine(_folder, name)));
        if (context.IsResumed)
        {
            // Events are of the ends of epochs: all of those that the checkpoint does not have are dropped, and none that it has.
            _file.Restart(context.History.Count > 0 ? context.History[^1].Step + 1 : 0);
        }
    }

    /// <inheritdoc/>
    public override void Epoch(in EpochResult result, TrainingContext context)
    {
        _file!.Scalar(result.Step, "loss/training", result.TrainingLoss);
        if (result.ValidationLoss is double loss)
        {
            _file.Scalar(result.Step, "loss/validation", loss);
        }
        if (result.ValidationAccuracy is double accuracy)
        {
            _file.Scalar(result.Step, "accuracy/validation", accuracy);
        }
        foreach ((string name, double value) in result.Metrics)
        {
            _file.Scalar(result.Step, $"metrics/{name}", value);
        }
        _file.Scalar(result.Step, "learning_rate", result.LearningRate);
        _file.Flush();
    }

    /// <inheritdoc/>
    public override void End(TrainingContext context)
    {
        _file?.Dispose();
        _file = null;
    }
}
