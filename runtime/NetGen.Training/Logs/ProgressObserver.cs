namespace NetGen.Training;

/// <summary>Reports each epoch to an <see cref="IProgress{T}"/>, such as a <see cref="Progress{T}"/> of a user interface's thread.</summary>
/// <param name="progress">Told on the thread that trains.</param>
/// <example><code>
/// trainer.Observers.Add(new ProgressObserver(new Progress&lt;EpochResult&gt;(result => bar.Value = result.Epoch)));
/// </code></example>
public sealed class ProgressObserver(IProgress<EpochResult> progress) : TrainingObserver
{
    private readonly IProgress<EpochResult> _progress = progress ?? throw new ArgumentNullException(nameof(progress));

    /// <inheritdoc/>
    public override void Epoch(in EpochResult result, TrainingContext context) => _progress.Report(result);
}
