namespace NetGen.Training;

/// <summary>How far one training is, in steps and in time, and the learning rate that belongs there.</summary>
/// <param name="optimizer">Whose learning rate is set.</param>
/// <param name="schedule">Null leaves the rate alone.</param>
/// <param name="steps">Steps of all epochs.</param>
/// <param name="limit">When the training ends though epochs are left; null for never.</param>
/// <param name="clock">Measures the time from now on.</param>
/// <param name="position">Where the training stands; its steps are counted.</param>
internal sealed class TrainingPace(Optimizer optimizer, Schedule? schedule, long steps, TimeSpan? limit, TimeProvider clock, TrainingPosition position)
{
    private readonly long _begun = clock.GetTimestamp();
    private readonly TimeSpan _before = TimeSpan.FromSeconds(position.Seconds);

    /// <summary>How long the training has taken, over all processes that it went on in.</summary>
    public TimeSpan Elapsed => _before + clock.GetElapsedTime(_begun);

    public bool IsTimeUp => limit is TimeSpan most && Elapsed >= most;

    /// <summary>Sets the learning rate of the next step.</summary>
    public void BeginStep()
    {
        if (schedule is not null)
        {
            optimizer.LearningRate = (float)(position.BaseRate * schedule.Factor(new TrainingProgress(position.Step, steps, Done())));
        }
        position.Step++;
    }

    /// <summary>Sets the learning rate back to where it was.</summary>
    public void End()
    {
        if (schedule is not null)
        {
            optimizer.LearningRate = position.BaseRate;
        }
    }

    private double Done()
    {
        double done = (double)position.Step / steps;
        return limit is TimeSpan most ? Math.Clamp(Elapsed / most, done, Math.BitDecrement(1.0)) : done;
    }
}
