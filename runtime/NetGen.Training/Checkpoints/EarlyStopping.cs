namespace NetGen.Training;

/// <summary>Ends a training in which nothing has got better for some epochs, by <see cref="Trainer{TNetwork}.Score"/>.</summary>
/// <param name="patience">Epochs without a better one after which training ends, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is below 1.</exception>
public sealed class EarlyStopping(int patience)
{
    /// <summary>Epochs without a better one after which training ends.</summary>
    public int Patience { get; } = patience >= 1 ? patience : throw new ArgumentOutOfRangeException(nameof(patience), patience, $"Expected a patience of at least 1 epoch, got {patience}.");

    /// <summary>By how much a score must be below the best to count as better; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public double LeastGain
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(LeastGain), value, $"LeastGain: expected at least 0, got {value}.");
    }

    /// <summary>
    /// Whether the network gets the parameters and state of its best epoch back at the end, also when training was not stopped early; true by
    /// default. They are kept in memory, and in checkpoints.
    /// </summary>
    public bool RestoreBest { get; init; } = true;
}
