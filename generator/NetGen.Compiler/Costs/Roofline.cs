using System;

namespace NetGen.Compiler.Costs;

/// <summary>
/// How long work takes at least on one core of a processor that is neither the fastest nor the slowest: the longer of computing and of moving memory. It is a yardstick, the same on every
/// machine that compiles, so that estimates of two networks compare; no clock is read.
/// </summary>
/// <remarks>Samuel Williams et al., <i>Roofline: an insightful visual performance model for multicore architectures</i>, 2009.</remarks>
public static class Roofline
{
    /// <summary>Two multiply-adds of eight floats a cycle at 3 GHz.</summary>
    public const double FlopsPerNanosecond = 96;

    /// <summary>32 bytes a cycle: from the first two levels of cache.</summary>
    public const double CacheBytesPerNanosecond = 96;

    /// <summary>From memory.</summary>
    public const double MemoryBytesPerNanosecond = 16;

    /// <summary>What the first two levels of cache hold. A network that is larger has its weights in memory when it predicts one sample.</summary>
    public const long CacheBytes = 1 << 20;

    /// <summary>The least time for some work, in nanoseconds.</summary>
    /// <param name="flops">Floating-point operations.</param>
    /// <param name="weightBytes">Bytes of parameters that are read.</param>
    /// <param name="otherBytes">Bytes of values that are read and written.</param>
    /// <param name="inCache">Whether the parameters of the whole network stay in cache from one prediction to the next.</param>
    public static double Nanoseconds(long flops, long weightBytes, long otherBytes, bool inCache) => Math.Max(
        flops / FlopsPerNanosecond,
        (weightBytes / (inCache ? CacheBytesPerNanosecond : MemoryBytesPerNanosecond)) + (otherBytes / CacheBytesPerNanosecond));
}
