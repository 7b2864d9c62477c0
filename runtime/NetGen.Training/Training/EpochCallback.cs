namespace NetGen.Training;

/// <summary>Is called after each epoch of <see cref="Trainer{TNetwork}.Fit"/>.</summary>
/// <param name="result">What the epoch gave.</param>
/// <param name="context">The training that is going on.</param>
public delegate void EpochCallback(in EpochResult result, TrainingContext context);

/// <summary>A training that is going on, as callbacks see it.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(TrainingHistory history) => History = history;

    /// <summary>The results of all epochs so far, this one included.</summary>
    public TrainingHistory History { get; }

    internal bool IsStopped { get; private set; }

    /// <summary>Ends the training after this epoch; the other callbacks are still called.</summary>
    public void Stop() => IsStopped = true;
}
