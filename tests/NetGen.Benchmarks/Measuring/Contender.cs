namespace NetGen.Benchmarks.Measuring;

/// <summary>One side of a comparison: something that does a workload's work as often as it is told, and says how long it took.</summary>
internal abstract class Contender
{
    /// <summary>What the report calls it, with the configuration that was used.</summary>
    public abstract string Name { get; }

    /// <summary>How many threads it uses.</summary>
    public abstract int Threads { get; }

    /// <summary>Repetitions in one turn; <see cref="Warm"/> sets it.</summary>
    public int Repetitions { get; private set; } = 1;

    /// <summary>Does the work <paramref name="repetitions"/> times.</summary>
    /// <returns>Seconds for one repetition.</returns>
    public abstract double Measure(int repetitions);

    /// <summary>One turn of a round.</summary>
    /// <returns>Seconds for one repetition.</returns>
    public double Measure() => Measure(Repetitions);

    /// <summary>Runs until compilers and caches have settled, and finds how many repetitions fill a turn.</summary>
    public void Warm(Pace pace)
    {
        double spent = 0, seconds = 0;
        // Several calls, because a tiered compiler counts calls, and a pause after each, because it compiles in the background.
        for (int turn = 0; spent < pace.WarmSeconds || turn < 3; turn++)
        {
            seconds = Measure(Repetitions);
            spent += seconds * Repetitions;
            Repetitions = (int)Math.Clamp(pace.TurnSeconds / Math.Max(seconds, 1e-10), 1, Math.Min(Repetitions * 100.0, 1e8));
            if (turn < 8) Thread.Sleep(15);
        }
    }
}
