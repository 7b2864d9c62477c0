using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// What one core can do at most: fused multiply-adds on the widest vectors, in enough independent chains to hide their latency, with nothing read from
/// memory.
/// </summary>
internal static class FmaPeak
{
    // Twelve chains and two constants fit the 16 registers of AVX2; no processor needs more than ten chains (5 cycles, 2 a cycle).
    private const int Chains = 12;
    private const int Iterations = 20_000;

    /// <summary>Floating point operations a second, over about a millisecond. The clock drifts, so this is measured beside the work.</summary>
    public static double Measure()
    {
        Action<int> run = Vector512.IsHardwareAccelerated ? Run512 : Vector256.IsHardwareAccelerated ? Run256 : Run128;
        int lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        return 2.0 * lanes * Chains * Iterations / Turn.Time(repetitions => run(repetitions * Iterations), 40);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run512(int iterations)
    {
        Vector512<float> a = Vector512.Create(0.5f), b = Vector512.Create(0.25f);
        Vector512<float> x0 = a, x1 = a, x2 = a, x3 = a, x4 = a, x5 = a, x6 = a, x7 = a, x8 = a, x9 = a, x10 = a, x11 = a;
        for (int i = 0; i < iterations; i++)
        {
            x0 = Vector512.FusedMultiplyAdd(x0, a, b);
            x1 = Vector512.FusedMultiplyAdd(x1, a, b);
            x2 = Vector512.FusedMultiplyAdd(x2, a, b);
            x3 = Vector512.FusedMultiplyAdd(x3, a, b);
            x4 = Vector512.FusedMultiplyAdd(x4, a, b);
            x5 = Vector512.FusedMultiplyAdd(x5, a, b);
            x6 = Vector512.FusedMultiplyAdd(x6, a, b);
            x7 = Vector512.FusedMultiplyAdd(x7, a, b);
            x8 = Vector512.FusedMultiplyAdd(x8, a, b);
            x9 = Vector512.FusedMultiplyAdd(x9, a, b);
            x10 = Vector512.FusedMultiplyAdd(x10, a, b);
            x11 = Vector512.FusedMultiplyAdd(x11, a, b);
        }
        Use(Vector512.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run256(int iterations)
    {
        Vector256<float> a = Vector256.Create(0.5f), b = Vector256.Create(0.25f);
        Vector256<float> x0 = a, x1 = a, x2 = a, x3 = a, x4 = a, x5 = a, x6 = a, x7 = a, x8 = a, x9 = a, x10 = a, x11 = a;
        for (int i = 0; i < iterations; i++)
        {
            x0 = Vector256.MultiplyAddEstimate(x0, a, b);
            x1 = Vector256.MultiplyAddEstimate(x1, a, b);
            x2 = Vector256.MultiplyAddEstimate(x2, a, b);
            x3 = Vector256.MultiplyAddEstimate(x3, a, b);
            x4 = Vector256.MultiplyAddEstimate(x4, a, b);
            x5 = Vector256.MultiplyAddEstimate(x5, a, b);
            x6 = Vector256.MultiplyAddEstimate(x6, a, b);
            x7 = Vector256.MultiplyAddEstimate(x7, a, b);
            x8 = Vector256.MultiplyAddEstimate(x8, a, b);
            x9 = Vector256.MultiplyAddEstimate(x9, a, b);
            x10 = Vector256.MultiplyAddEstimate(x10, a, b);
            x11 = Vector256.MultiplyAddEstimate(x11, a, b);
        }
        Use(Vector256.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run128(int iterations)
    {
        Vector128<float> a = Vector128.Create(0.5f), b = Vector128.Create(0.25f);
        Vector128<float> x0 = a, x1 = a, x2 = a, x3 = a, x4 = a, x5 = a, x6 = a, x7 = a, x8 = a, x9 = a, x10 = a, x11 = a;
        for (int i = 0; i < iterations; i++)
        {
            x0 = Vector128.MultiplyAddEstimate(x0, a, b);
            x1 = Vector128.MultiplyAddEstimate(x1, a, b);
            x2 = Vector128.MultiplyAddEstimate(x2, a, b);
            x3 = Vector128.MultiplyAddEstimate(x3, a, b);
            x4 = Vector128.MultiplyAddEstimate(x4, a, b);
            x5 = Vector128.MultiplyAddEstimate(x5, a, b);
            x6 = Vector128.MultiplyAddEstimate(x6, a, b);
            x7 = Vector128.MultiplyAddEstimate(x7, a, b);
            x8 = Vector128.MultiplyAddEstimate(x8, a, b);
            x9 = Vector128.MultiplyAddEstimate(x9, a, b);
            x10 = Vector128.MultiplyAddEstimate(x10, a, b);
            x11 = Vector128.MultiplyAddEstimate(x11, a, b);
        }
        Use(Vector128.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(float _)
    {
    }
}
