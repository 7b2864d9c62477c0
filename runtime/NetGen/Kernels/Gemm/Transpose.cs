using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Transposed copies of matrices, in registers by blocks of 16 x 16 (AVX-512) and 8 x 8 (AVX), one by one where a block does not fit.</summary>
internal static unsafe class Transpose
{
    /// <summary><c>destination[j, i] = source[i, j]</c>; the steps are floats from row to row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint sourceStep, float* destination, nint destinationStep, int rows, int columns)
    {
        int i = 0;
        if (Avx512F.IsSupported)
        {
            for (; i <= rows - 16; i += 16)
            {
                float* from = source + i * sourceStep, to = destination + i;
                int j = 0;
                for (; j <= columns - 16; j += 16) Sixteen(from + j, sourceStep, to + j * destinationStep, destinationStep);
                OneByOne(from + j, sourceStep, to + j * destinationStep, destinationStep, 16, columns - j);
            }
        }
        if (Avx.IsSupported)
        {
            for (; i <= rows - 8; i += 8)
            {
                float* from = source + i * sourceStep, to = destination + i;
                int j = 0;
                for (; j <= columns - 8; j += 8) Eight(from + j, sourceStep, to + j * destinationStep, destinationStep);
                OneByOne(from + j, sourceStep, to + j * destinationStep, destinationStep, 8, columns - j);
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

    // Both blocks: rows are paired, then pairs, then 128-bit quarters are put in place. Each step doubles the run of elements that belong to one column.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* s, nint step, float* d, nint to)
    {
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(float* s, nint step, float* d, nint to)
    {
        Four(s, step, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Four(s + 4 * step, step, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Four(s + 8 * step, step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Four(s + 12 * step, step, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Columns(a0, b0, c0, d0, d, to);
        Columns(a1, b1, c1, d1, d + to, to);
        Columns(a2, b2, c2, d2, d + 2 * to, to);
        Columns(a3, b3, c3, d3, d + 3 * to, to);
    }

    /// <summary>Of four rows, quarter q of result n holds column 4q + n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        float* s, nint step, out Vector512<float> n0, out Vector512<float> n1, out Vector512<float> n2, out Vector512<float> n3)
    {
        Vector512<float> r0 = Vector512.Load(s), r1 = Vector512.Load(s + step), r2 = Vector512.Load(s + 2 * step), r3 = Vector512.Load(s + 3 * step);
        Vector512<float> t0 = Avx512F.UnpackLow(r0, r1), t1 = Avx512F.UnpackHigh(r0, r1), t2 = Avx512F.UnpackLow(r2, r3), t3 = Avx512F.UnpackHigh(r2, r3);
        n0 = Avx512F.Shuffle(t0, t2, 0x44);
        n1 = Avx512F.Shuffle(t0, t2, 0xee);
        n2 = Avx512F.Shuffle(t1, t3, 0x44);
        n3 = Avx512F.Shuffle(t1, t3, 0xee);
    }

    /// <summary>Writes columns n, 4 + n, 8 + n and 12 + n from their quarters in four groups of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint to)
    {
        Vector512<float> t0 = Avx512F.Shuffle4x128(a, b, 0x88), t1 = Avx512F.Shuffle4x128(c, d, 0x88);
        Vector512<float> t2 = Avx512F.Shuffle4x128(a, b, 0xdd), t3 = Avx512F.Shuffle4x128(c, d, 0xdd);
        Avx512F.Shuffle4x128(t0, t1, 0x88).Store(destination);
        Avx512F.Shuffle4x128(t2, t3, 0x88).Store(destination + 4 * to);
        Avx512F.Shuffle4x128(t0, t1, 0xdd).Store(destination + 8 * to);
        Avx512F.Shuffle4x128(t2, t3, 0xdd).Store(destination + 12 * to);
    }
}
