using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>The one stopwatch, for NetGen and for the peers that are called from .NET; peers in Python have its twin.</summary>
internal static class Turn
{
    /// <summary>Runs a tenth more than asked, untimed and first, so that caches and the clock are as they are in a long run.</summary>
    /// <param name="run">Does the work as often as it is told.</param>
    /// <param name="repetitions">How often the work is timed.</param>
    /// <returns>Seconds for one repetition.</returns>
    public static double Time(Action<int> run, int repetitions)
    {
        run(1 + repetitions / 10);
        long start = Stopwatch.GetTimestamp();
        run(repetitions);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
    }

    /// <summary>A loop around work that takes so long, microseconds or more, that the call of a delegate does not show.</summary>
    public static Action<int> Repeat(Action once) => repetitions =>
    {
        while (repetitions-- > 0) once();
    };
}
