using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Between a few long rows and pixels of as many channels: transposed copies that blocks of 8 and 16 do not fit.</summary>
internal static unsafe class Interleave
{
    /// <summary>The most rows: a pixel is a vector.</summary>
    public const int MostRows = SixteenRows.MaxWidth;

    /// <summary><c>pixels[j, i] = rows[i, j]</c>.</summary>
    /// <param name="rows">Rows at a distance of <paramref name="step"/>.</param>
    /// <param name="step">Floats from one row to the next.</param>
    /// <param name="pixels"><c>[length, count]</c>.</param>
    /// <param name="count">Number of rows, 1 to <see cref="MostRows"/>.</param>
    /// <param name="length">Floats of a row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ToPixels(float* rows, nint step, float* pixels, int count, int length)
    {
        int j = 0;
        if (Avx512F.IsSupported && count == 3)
        {
            for (; j <= length - 16; j += 16) Three(rows + j, step, pixels + 3 * j);
        }
        else
        {
            float* columns = stackalloc float[SixteenRows.Size];
            for (; j <= length - 16; j += 16)
            {
                for (int i = 0; i < count; i++) new ReadOnlySpan<float>(rows + i * step + j, 16).CopyTo(new Span<float>(columns + 16 * i, 16));
                SixteenRows.Store(columns, pixels + (nint)count * j, 16, count);
            }
        }
        for (; j < length; j++)
        {
            for (int i = 0; i < count; i++) pixels[(nint)count * j + i] = rows[i * step + j];
        }
    }

    /// <summary>The reverse of <see cref="ToPixels"/>: <c>rows[i, j] = pixels[j, i]</c>.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(float* pixels, float* rows, nint step, int count, int length)
    {
        float* columns = stackalloc float[SixteenRows.Size];
        int j = 0;
        for (; j <= length - 16; j += 16)
        {
            SixteenRows.Load(pixels + (nint)count * j, columns, 16, count);
            for (int i = 0; i < count; i++) new ReadOnlySpan<float>(columns + 16 * i, 16).CopyTo(new Span<float>(rows + i * step + j, 16));
        }
        for (; j < length; j++)
        {
            for (int i = 0; i < count; i++) rows[i * step + j] = pixels[(nint)count * j + i];
        }
    }

    /// <summary>Sixteen pixels of three channels: of the 48 floats, number n is element n / 3 of row n % 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three(float* rows, nint step, float* pixels)
    {
        // First what two rows give, at their places, then the third's between them.
        Vector512<float> red = Vector512.Load(rows), green = Vector512.Load(rows + step), blue = Vector512.Load(rows + 2 * step);
        Vector512<float> a = Avx512F.PermuteVar16x32x2(red, Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5), green);
        Vector512<float> b = Avx512F.PermuteVar16x32x2(red, Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26), green);
        Vector512<float> c = Avx512F.PermuteVar16x32x2(red, Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0), green);
        Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15), blue).Store(pixels);
        Avx512F.PermuteVar16x32x2(b, Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), blue).Store(pixels + 16);
        Avx512F.PermuteVar16x32x2(c, Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), blue).Store(pixels + 32);
    }
}
