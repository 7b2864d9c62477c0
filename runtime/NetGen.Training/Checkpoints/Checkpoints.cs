namespace NetGen.Training;

/// <summary>
/// Where and when a training saves all that it needs to go on: parameters, running statistics and scalers, what the optimizer remembers, the learning
/// rate, the place in the epoch, carried states, the seed of dropout, the results so far. <see cref="Trainer{TNetwork}.Fit"/> goes on from the
/// folder's checkpoint where there is one; delete it, or give another folder, to start anew.
/// </summary>
/// <remarks>
/// A checkpoint is one safetensors file, <c>last.safetensors</c>, that <c>Load</c> of the network reads too. It is written beside under another name,
/// flushed to the disk and renamed: whenever the process is killed, the checkpoint is the last one that was complete. Writing one allocates about
/// twice its size.
/// </remarks>
/// <param name="folder">Made where it does not exist. One training has it.</param>
/// <example><code>
/// var trainer = new Trainer&lt;DigitNet&gt;(net, adam) { Checkpoints = new Checkpoints("runs/digits") { Every = TimeSpan.FromMinutes(5), KeepBest = 3 } };
/// </code></example>
public sealed class Checkpoints(string folder)
{
    /// <summary>Where they are.</summary>
    public string Folder { get; } = string.IsNullOrEmpty(folder) ? throw new ArgumentException("Expected a folder, got none.", nameof(folder)) : folder;

    /// <summary>Steps after which the next one is due; null, the default, for none. Without this and <see cref="Every"/> one is written at the end of each epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? EverySteps { get; init => field = Setting.That(value is null or >= 1, value, "at least 1"); }

    /// <summary>Time after which the next one is due, with the step that has begun by then; null, the default, for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public TimeSpan? Every { get; init => field = Setting.That(value is null || value > TimeSpan.Zero, value, "a time above 0"); }

    /// <summary>
    /// How many of the best epochs' networks to keep, by <see cref="Trainer{TNetwork}.Score"/>, as <c>epoch-12.safetensors</c>; 0 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int KeepBest { get; init => field = Setting.That(value >= 0, value, "at least 0"); }
}
