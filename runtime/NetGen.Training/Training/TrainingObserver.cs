namespace NetGen.Training;

/// <summary>
/// Is told what a training does, in <see cref="Trainer{TNetwork}.Observers"/>: for logs, plots and experiments. What it does in <see cref="Step"/> is
/// part of the loop, so it should allocate nothing there.
/// </summary>
public abstract class TrainingObserver
{
    /// <summary>Training begins, or goes on after the epochs in <see cref="TrainingContext.History"/>.</summary>
    public virtual void Begin(TrainingContext context)
    {
    }

    /// <summary>A step was made, or its batch skipped.</summary>
    public virtual void Step(in StepResult result, TrainingContext context)
    {
    }

    /// <summary>An epoch has ended.</summary>
    public virtual void Epoch(in EpochResult result, TrainingContext context)
    {
    }

    /// <summary>Training has ended: as planned, early, or by an exception.</summary>
    public virtual void End(TrainingContext context)
    {
    }
}

/// <summary>What one step of training gave.</summary>
/// <param name="Epoch">Its epoch, from 1.</param>
/// <param name="Batch">Its batch in that epoch, from 1.</param>
/// <param name="Step"><see cref="INetwork.StepCount"/> after it.</param>
/// <param name="Loss">The loss before it; not a number where the batch was skipped.</param>
/// <param name="LearningRate">The rate that it was made with.</param>
public readonly record struct StepResult(int Epoch, int Batch, long Step, float Loss, float LearningRate);
