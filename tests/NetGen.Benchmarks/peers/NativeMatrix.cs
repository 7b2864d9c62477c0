using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Peers;

/// <summary>Memory for native libraries, 64-byte aligned as NetGen's is. It is never freed: a peer's process has few of them and ends soon.</summary>
internal static unsafe class NativeMatrix
{
    /// <summary>Random numbers in [-1, 1).</summary>
    public static float* Random(long count, int seed)
    {
        float* memory = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        Random random = new(seed);
        for (long i = 0; i < count; i++) memory[i] = random.NextSingle() * 2 - 1;
        return memory;
    }
}
