using System.Collections;

namespace NetGen.Training;

/// <summary>The results of a training's epochs, in order.</summary>
public sealed class TrainingHistory : IReadOnlyList<EpochResult>
{
    private readonly EpochResult[] _results;

    /// <summary>Reserves room for all epochs, so that adding one allocates nothing.</summary>
    internal TrainingHistory(int epochs, TrainingSettings settings)
    {
        _results = new EpochResult[epochs];
        Settings = settings;
    }

    /// <summary>What the training was asked for; of one that went on from a checkpoint, with the seed and the rate that it began with.</summary>
    public TrainingSettings Settings { get; internal set; }

    /// <summary>Epochs done so far.</summary>
    public int Count { get; private set; }

    /// <summary>The result of one epoch, 0 being the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch.</exception>
    public EpochResult this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _results[index];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _results.Take(Count).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void AddRange(ReadOnlySpan<EpochResult> results)
    {
        foreach (ref readonly EpochResult result in results)
        {
            Add(result);
        }
    }

    internal void Add(in EpochResult result) => _results[Count++] = result;
}
