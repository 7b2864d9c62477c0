using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>How many threads share a piece of work: the cost model of threads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkSharing
{
    /// <summary>
    /// A worker's share takes at least 10 us at 200 GFLOP/s. Waking a parked thread takes as long, and a region with its barriers some 0.3 us.
    /// </summary>
    private const long LeastFlops = 2_000_000;

    /// <summary>Matrix products reach full speed from 8 rows on.</summary>
    private const int LeastSamples = 8;

    /// <summary>Samples come in fours, because random numbers do: so a worker draws all numbers of a block.</summary>
    private const int SampleUnit = 4;

    /// <summary>Shares work however small it is: so tests of small networks see several workers.</summary>
    internal static bool SharesEverything { get; set; }

    /// <summary>The number of workers for a batch, at most <see cref="NetGenRuntime.Threads"/>. The results do not depend on it.</summary>
    /// <param name="samples">Number of samples.</param>
    /// <param name="flopsPerSample">Floating-point operations for each.</param>
    public static int Workers(int samples, long flopsPerSample)
    {
        if (SharesEverything) return Math.Clamp(samples / SampleUnit, 1, NetGenRuntime.Threads);
        if (samples < 2 * LeastSamples || samples * flopsPerSample < 2 * LeastFlops) return 1;
        long worthwhile = Math.Min(samples / LeastSamples, samples * flopsPerSample / LeastFlops);
        return (int)Math.Min(NetGenRuntime.Threads, worthwhile);
    }

    /// <summary>The samples that a worker computes.</summary>
    public static Part Samples(this Worker worker, int batch) => worker.Part(batch, SampleUnit);
}
