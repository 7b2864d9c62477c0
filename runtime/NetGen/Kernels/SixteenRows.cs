using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Rows of at most 16 floats turned for work along them: sixteen rows as columns, with one row a lane. A reduction within rows is then plain arithmetic on
/// vectors, and what a row gives depends on nothing beside it.
/// </summary>
internal static unsafe class SixteenRows
{
    /// <summary>The longest row.</summary>
    public const int MaxWidth = 16;

    /// <summary>Floats of the columns.</summary>
    public const int Size = 16 * MaxWidth;

    /// <summary><c>columns[j, r] = rows[r, j]</c> for the first <paramref name="count"/> rows, 1 to 16; the lanes of the others are 0.</summary>
    /// <param name="rows"><c>[count, width]</c>.</param>
    /// <param name="columns"><c>[MaxWidth, 16]</c>; only the first <paramref name="width"/> are defined.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Floats of a row.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Load(float* rows, float* columns, int count, int width)
    {
        Debug.Assert(count is > 0 and <= 16 && width is > 0 and <= MaxWidth);
        if (Avx512F.IsSupported && count == 16 && width > 1)
        {
            for (int j = 0; j < width; j += 4)
            {
                float* quads = rows + j;
                // Only the last row ends where the memory may.
                Vector128<float> last = Quad(quads + 15 * width, width - j);
                Turn(
                    Quads(quads, width, Vector128.Load(quads + 12 * width)),
                    Quads(quads + width, width, Vector128.Load(quads + 13 * width)),
                    Quads(quads + 2 * width, width, Vector128.Load(quads + 14 * width)),
                    Quads(quads + 3 * width, width, last),
                    out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d);
                a.Store(columns + 16 * j);
                b.Store(columns + 16 * j + 16);
                c.Store(columns + 16 * j + 32);
                d.Store(columns + 16 * j + 48);
            }
            return;
        }
        if (count < 16) new Span<float>(columns, 16 * width).Clear();
        Transpose.Copy(rows, width, columns, 16, count, width);
    }

    /// <summary>The reverse of <see cref="Load"/>: <c>rows[r, j] = columns[j, r]</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Store(float* columns, float* rows, int count, int width)
    {
        Debug.Assert(count is > 0 and <= 16 && width is > 0 and <= MaxWidth);
        if (Avx512F.IsSupported && count == 16 && width > 1)
        {
            // From right to left and top to bottom: what a store writes beyond its row is overwritten by a later one.
            for (int j = (width - 1) & -4; j >= 0; j -= 4)
            {
                float* quads = rows + j;
                Turn(
                    Vector512.Load(columns + 16 * j),
                    Vector512.Load(columns + 16 * j + 16),
                    Vector512.Load(columns + 16 * j + 32),
                    Vector512.Load(columns + 16 * j + 48),
                    out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d);
                Four(quads, width, Quarter(a, 0), Quarter(b, 0), Quarter(c, 0), Quarter(d, 0));
                Four(quads + 4 * width, width, Quarter(a, 1), Quarter(b, 1), Quarter(c, 1), Quarter(d, 1));
                Four(quads + 8 * width, width, Quarter(a, 2), Quarter(b, 2), Quarter(c, 2), Quarter(d, 2));
                Quarter(a, 3).Store(quads + 12 * width);
                Quarter(b, 3).Store(quads + 13 * width);
                Quarter(c, 3).Store(quads + 14 * width);
                StoreQuad(Quarter(d, 3), quads + 15 * width, width - j);
            }
            return;
        }
        Transpose.Copy(columns, 16, rows, width, width, count);
    }

    /// <summary>Four floats, or as many as the row still has and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quad(float* source, int rest) => rest switch
    {
        >= 4 => Vector128.Load(source),
        3 => Vector128.Create(source[0], source[1], source[2], 0),
        2 => Vector128.Create(source[0], source[1], 0, 0),
        _ => Vector128.CreateScalar(source[0]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuad(Vector128<float> quad, float* destination, int rest)
    {
        if (rest >= 4)
        {
            quad.Store(destination);
            return;
        }
        destination[0] = quad[0];
        if (rest > 1) destination[1] = quad[1];
        if (rest > 2) destination[2] = quad[2];
    }

    /// <summary>Four floats of each fourth row, the last given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quads(float* source, nint width, Vector128<float> last)
    {
        Vector512<float> quads = Vector128.Load(source).ToVector256Unsafe().ToVector512Unsafe();
        quads = Avx512F.InsertVector128(quads, Vector128.Load(source + 4 * width), 1);
        quads = Avx512F.InsertVector128(quads, Vector128.Load(source + 8 * width), 2);
        return Avx512F.InsertVector128(quads, last, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> x, [ConstantExpected] byte index) => Avx512F.ExtractVector128(x, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* d, nint width, Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> e)
    {
        a.Store(d);
        b.Store(d + width);
        c.Store(d + 2 * width);
        e.Store(d + 3 * width);
    }

    /// <summary>Transposes each quarter's block of 4 x 4; its own inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector512<float> r0, Vector512<float> r1, Vector512<float> r2, Vector512<float> r3,
        out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
        Vector512<float> t0 = Avx512F.UnpackLow(r0, r1), t1 = Avx512F.UnpackHigh(r0, r1), t2 = Avx512F.UnpackLow(r2, r3), t3 = Avx512F.UnpackHigh(r2, r3);
        a = Avx512F.Shuffle(t0, t2, 0x44);
        b = Avx512F.Shuffle(t0, t2, 0xee);
        c = Avx512F.Shuffle(t1, t3, 0x44);
        d = Avx512F.Shuffle(t1, t3, 0xee);
    }
}
