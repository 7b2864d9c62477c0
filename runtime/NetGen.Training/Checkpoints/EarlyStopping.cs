namespace NetGen.Training;

/// <summary>Ends a training in which nothing has got better for some epochs, by <see cref="Trainer{TNetwork}.Score"/>.</summary>
/// <param name="patience">Epochs without a better one after which training ends, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is below 1.</exception>
public sealed class EarlyStopping(int patience)
{
    /// <summary>Epochs without a better one after which training ends.</summary>
    public int Patience { get; } = Setting.That(patience >= 1, patience, "at least 1 epoch", nameof(patience));

    /// <summary>By how much a score must be below the best to count as better; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public double LeastGain { get; init => field = Setting.That(value >= 0, value, "at least 0"); }

    /// <summary>
    /// Whether the network gets the parameters and state of its best epoch back at the end, also when training was not stopped early; true by
    /// default. They are kept in memory, and in checkpoints.
    /// </summary>
    public bool RestoreBest { get; init; } = true;
}
