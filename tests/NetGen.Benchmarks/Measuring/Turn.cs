using System.Diagnostics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>The one stopwatch, for NetGen and for the peers that are called from .NET; peers in Python have its twin.</summary>
internal static class Turn
{
    private const int Slices = 5;
    private const int LeastSlices = 3;

    /// <summary>
    /// Runs a tenth more than asked, untimed and first, so that caches and the clock are as they are in a long run. Then times slices of the turn, of
    /// which the fastest counts: what else the machine does in the middle of a slice says nothing about the work.
    /// </summary>
    /// <param name="run">Does the work as often as it is told.</param>
    /// <param name="repetitions">How often the work is timed in all slices together.</param>
    /// <returns>Seconds for one repetition.</returns>
    public static double Time(Action<int> run, int repetitions)
    {
        run(1 + repetitions / 10);
        int inSlice = Math.Max(1, repetitions / Slices);
        int slices = Math.Clamp(repetitions, LeastSlices, Slices);
        double fastest = double.PositiveInfinity;
        for (int slice = 0; slice < slices; slice++)
        {
            long start = Stopwatch.GetTimestamp();
            run(inSlice);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return fastest / inSlice;
    }

    /// <summary>A loop around work that takes so long, microseconds or more, that the call of a delegate does not show.</summary>
    public static Action<int> Repeat(Action once) => repetitions =>
    {
        while (repetitions-- > 0) once();
    };
}
