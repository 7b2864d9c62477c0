namespace NetGen.Training;

/// <summary>Is called after each epoch of <see cref="Trainer{TNetwork}.Fit"/>.</summary>
/// <param name="result">What the epoch gave.</param>
/// <param name="context">The training that is going on.</param>
public delegate void EpochCallback(in EpochResult result, TrainingContext context);

/// <summary>A training that is going on, as callbacks and observers see it.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(ITrainable network, Optimizer optimizer, TrainingHistory history, bool isResumed)
    {
        Network = network;
        Optimizer = optimizer;
        History = history;
        IsResumed = isResumed;
    }

    /// <summary>What is trained.</summary>
    public ITrainable Network { get; }

    /// <summary>How its parameters change.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What was asked for.</summary>
    public TrainingSettings Settings => History.Settings;

    /// <summary>The results of all epochs so far, those before a checkpoint that training went on from included.</summary>
    public TrainingHistory History { get; }

    /// <summary>Whether training went on from a checkpoint.</summary>
    public bool IsResumed { get; }

    internal bool IsStopped { get; private set; }

    /// <summary>Ends the training after this epoch; the other callbacks are still called.</summary>
    public void Stop() => IsStopped = true;
}
