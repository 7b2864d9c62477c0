using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Transposed copies of matrices, by blocks of eight by eight in registers where the hardware has 256-bit shuffles.</summary>
internal static unsafe class Transpose
{
    /// <summary><c>destination[j, i] = source[i, j]</c>; the steps are floats from row to row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint sourceStep, float* destination, nint destinationStep, int rows, int columns)
    {
        int i = 0;
        if (Avx.IsSupported)
        {
            for (; i <= rows - 8; i += 8)
            {
                float* from = source + i * sourceStep;
                int j = 0;
                for (; j <= columns - 8; j += 8) Eight(from + j, sourceStep, destination + j * destinationStep + i, destinationStep);
                OneByOne(from + j, sourceStep, destination + j * destinationStep + i, destinationStep, 8, columns - j);
            }
        }
        OneByOne(source + i * sourceStep, sourceStep, destination + i, destinationStep, rows - i, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneByOne(float* source, nint sourceStep, float* destination, nint destinationStep, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) destination[j * destinationStep + i] = source[i * sourceStep + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* source, nint step, float* destination, nint to)
    {
        // Pairs of rows, then pairs of pairs, then halves: each step doubles the run of elements that belong to one column.
        float* s = source, d = destination;
        Vector256<float> r0 = Vector256.Load(s), r1 = Vector256.Load(s + step), r2 = Vector256.Load(s + 2 * step), r3 = Vector256.Load(s + 3 * step);
        s += 4 * step;
        Vector256<float> r4 = Vector256.Load(s), r5 = Vector256.Load(s + step), r6 = Vector256.Load(s + 2 * step), r7 = Vector256.Load(s + 3 * step);
        Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> t4 = Avx.UnpackLow(r4, r5), t5 = Avx.UnpackHigh(r4, r5), t6 = Avx.UnpackLow(r6, r7), t7 = Avx.UnpackHigh(r6, r7);
        r0 = Avx.Shuffle(t0, t2, 0x44);
        r1 = Avx.Shuffle(t0, t2, 0xee);
        r2 = Avx.Shuffle(t1, t3, 0x44);
        r3 = Avx.Shuffle(t1, t3, 0xee);
        r4 = Avx.Shuffle(t4, t6, 0x44);
        r5 = Avx.Shuffle(t4, t6, 0xee);
        r6 = Avx.Shuffle(t5, t7, 0x44);
        r7 = Avx.Shuffle(t5, t7, 0xee);
        Avx.Permute2x128(r0, r4, 0x20).Store(d);
        Avx.Permute2x128(r1, r5, 0x20).Store(d + to);
        Avx.Permute2x128(r2, r6, 0x20).Store(d + 2 * to);
        Avx.Permute2x128(r3, r7, 0x20).Store(d + 3 * to);
        d += 4 * to;
        Avx.Permute2x128(r0, r4, 0x31).Store(d);
        Avx.Permute2x128(r1, r5, 0x31).Store(d + to);
        Avx.Permute2x128(r2, r6, 0x31).Store(d + 2 * to);
        Avx.Permute2x128(r3, r7, 0x31).Store(d + 3 * to);
    }
}
