namespace NetGen.Training;

/// <summary>
/// How the learning rate changes while a network is trained: a factor of the rate that the optimizer had when training began. The trainer sets
/// <see cref="Optimizer.LearningRate"/> before each step, and back to where it was at the end.
/// </summary>
public abstract class Schedule
{
    /// <summary>The factor of the learning rate at one step, finite and at least 0.</summary>
    /// <param name="progress">Where training stands before the step.</param>
    public abstract double Factor(in TrainingProgress progress);
}
