namespace NetGen.Training;

/// <summary>How far one training is, in steps and in time, and the learning rate that belongs there.</summary>
/// <param name="optimizer">Whose learning rate is set.</param>
/// <param name="schedule">Null leaves the rate alone.</param>
/// <param name="steps">Steps of all epochs.</param>
/// <param name="limit">When the training ends though epochs are left; null for never.</param>
/// <param name="clock">Measures the time from now on.</param>
internal sealed class TrainingPace(Optimizer optimizer, Schedule? schedule, long steps, TimeSpan? limit, TimeProvider clock)
{
    private readonly float _rate = optimizer.LearningRate;
    private readonly long _begun = clock.GetTimestamp();
    private long _step;

    public bool IsTimeUp => limit is TimeSpan most && clock.GetElapsedTime(_begun) >= most;

    /// <summary>Sets the learning rate of the next step.</summary>
    public void BeginStep()
    {
        if (schedule is not null)
        {
            optimizer.LearningRate = (float)(_rate * schedule.Factor(new TrainingProgress(_step, steps, Done())));
        }
        _step++;
    }

    /// <summary>Sets the learning rate back to where it was.</summary>
    public void End()
    {
        if (schedule is not null)
        {
            optimizer.LearningRate = _rate;
        }
    }

    private double Done()
    {
        double done = (double)_step / steps;
        return limit is TimeSpan most ? Math.Clamp(clock.GetElapsedTime(_begun) / most, done, Math.BitDecrement(1.0)) : done;
    }
}
