using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Data to measure with: 64-byte aligned, because peers' is, so that nobody's time depends on where the garbage collector puts an array.</summary>
internal static class Numbers
{
    /// <summary>Random numbers in [least, most).</summary>
    public static AlignedBuffer Random(int count, int seed, float least = -1, float most = 1)
    {
        AlignedBuffer buffer = new(count);
        Random random = new(seed);
        foreach (ref float x in buffer.Span) x = least + random.NextSingle() * (most - least);
        return buffer;
    }
}
