namespace NetGen.Training;

/// <summary>
/// How the learning rate changes while a network is trained: a factor of the rate that the optimizer had when training began. The trainer sets
/// <see cref="Optimizer.LearningRate"/> before each step, and back to where it was at the end.
/// </summary>
public abstract class Schedule
{
    /// <summary>What shares of a training, whose steps are whole, may be off by rounding.</summary>
    private protected const double Rounding = 1e-9;

    /// <summary>The factor of the learning rate at one step, finite and at least 0.</summary>
    /// <param name="progress">Where training stands before the step.</param>
    public abstract double Factor(in TrainingProgress progress);

    /// <summary>
    /// Forgets what an earlier training left: called when a training begins, and not when one goes on from a checkpoint, which brings <see cref="State"/> back. Does nothing by default.
    /// </summary>
    public virtual void Begin()
    {
    }

    /// <summary>Learns what an epoch gave; does nothing by default.</summary>
    /// <param name="result">Of the epoch that has ended.</param>
    public virtual void EndEpoch(in EpochResult result)
    {
    }

    /// <summary>
    /// What it remembers besides how far training is: the numbers to save with a checkpoint, and to write back before training goes on. Empty for schedules that only look at the progress.
    /// </summary>
    public virtual Span<double> State => [];

    /// <summary>The class and its settings, by which logs and reports name it and checkpoints know it again; the class alone by default.</summary>
    public override string ToString() => GetType().Name;
}
