namespace NetGen.Training;

/// <summary>Where a training stands before a step.</summary>
/// <param name="Step">Steps taken so far in this training; 0 before the first.</param>
/// <param name="Steps">Steps that all its epochs have.</param>
/// <param name="Done">
/// The share that is done, from 0 up to, not including, 1: <c>Step / Steps</c>, or the share of <see cref="Trainer{TNetwork}.TimeLimit"/> that has
/// passed where that is more.
/// </param>
public readonly record struct TrainingProgress(long Step, long Steps, double Done)
{
    /// <summary>The same for a part of the training alone, which begins after a share of it.</summary>
    /// <param name="share">From 0 up to <see cref="Done"/>.</param>
    internal TrainingProgress After(double share)
    {
        long before = (long)(share * Steps);
        return new(Math.Max(0, Step - before), Math.Max(1, Steps - before), (Done - share) / (1 - share));
    }
}
