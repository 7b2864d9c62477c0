using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The transforms of <see cref="WinogradSums"/> and <see cref="WinogradOuterProducts"/>. Element <c>4 i + j</c> of a transformed tile is row i,
/// column j; elements lie a constant distance apart.
/// </summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Elements of a transformed tile.</summary>
    public const int Elements = 16;

    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    // Floats between elements, so that the sixteen of a tile do not all fall into one set of the cache.
    private const int Gap = 16;

    /// <summary>From an element of <paramref name="length"/> floats to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int length) => ((length + 15) & ~15) + Gap;

    /// <summary><c>G g Gᵀ</c> for each of <paramref name="length"/> pairs of channels, with <c>G = [1 0 0; ½ ½ ½; ½ -½ ½; 0 0 1]</c>.</summary>
    /// <param name="weight"><c>[9, length]</c>.</param>
    /// <param name="length">Pairs of channels.</param>
    /// <param name="transformed"><c>[16, step]</c>.</param>
    /// <param name="step">From element to element.</param>
    [MethodImpl(Hot)]
    public static void Weight<V>(float* weight, int length, float* transformed, nint step) where V : struct, IVector16<V>
    {
        int i = 0;
        for (; i <= length - 16; i += 16) WeightOf<V>(weight + i, length, transformed + i, step, 16);
        if (i < length) WeightOf<V>(weight + i, length, transformed + i, step, length - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightOf<V>(float* g, nint tap, float* to, nint step, int lanes) where V : struct, IVector16<V>
    {
        V a0 = UpTo16.Load<V>(in g[0], lanes), b0 = UpTo16.Load<V>(in g[tap], lanes), c0 = UpTo16.Load<V>(in g[2 * tap], lanes);
        g += 3 * tap;
        V a1 = UpTo16.Load<V>(in g[0], lanes), b1 = UpTo16.Load<V>(in g[tap], lanes), c1 = UpTo16.Load<V>(in g[2 * tap], lanes);
        g += 3 * tap;
        V a2 = UpTo16.Load<V>(in g[0], lanes), b2 = UpTo16.Load<V>(in g[tap], lanes), c2 = UpTo16.Load<V>(in g[2 * tap], lanes);
        Halves(a0, a1, a2, out V a, out V alternatingA);
        Halves(b0, b1, b2, out V b, out V alternatingB);
        Halves(c0, c1, c2, out V c, out V alternatingC);
        WeightRow(a0, b0, c0, to, step);
        WeightRow(a, b, c, to + 4 * step, step);
        WeightRow(alternatingA, alternatingB, alternatingC, to + 8 * step, step);
        WeightRow(a2, b2, c2, to + 12 * step, step);
    }

    /// <summary>A row of <c>g Gᵀ</c>. Whole vectors, since elements end with a gap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightRow<V>(V a, V b, V c, float* to, nint step) where V : struct, IVector16<V>
    {
        Halves(a, b, c, out V sum, out V alternating);
        V.Store(a, ref to[0]);
        V.Store(sum, ref to[step]);
        V.Store(alternating, ref to[2 * step]);
        V.Store(c, ref to[3 * step]);
    }

    /// <summary><c>(g0 ± g1 + g2) / 2</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves<V>(V g0, V g1, V g2, out V sum, out V alternating) where V : struct, IVector16<V>
    {
        V half = V.Broadcast(0.5f), ends = (g0 + g2) * half, middle = g1 * half;
        sum = ends + middle;
        alternating = ends - middle;
    }

    /// <summary><c>Bᵀ d B</c> for a row of tiles, with <c>Bᵀ = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]</c>. Neighbouring tiles share two of their four columns.</summary>
    /// <param name="row0">The first of four rows of pixels.</param>
    /// <param name="row1">The second.</param>
    /// <param name="row2">The third.</param>
    /// <param name="row3">The fourth.</param>
    /// <param name="x">The first column; outside of the image are zeros.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="pixel">From pixel to pixel.</param>
    /// <param name="channels">Channels to transform.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="transformed"><c>[16, step]</c>, in each element <c>[tiles, channels]</c>.</param>
    /// <param name="step">From element to element.</param>
    [MethodImpl(Hot)]
    public static void Pixels<V>(float* row0, float* row1, float* row2, float* row3, int x, int width, int pixel, int channels, int tiles, float* transformed, nint step)
        where V : struct, IVector16<V>
    {
        int channel = 0;
        for (; channel <= channels - 16; channel += 16)
        {
            PixelsOf<V, Whole>(row0 + channel, row1 + channel, row2 + channel, row3 + channel, x, width, pixel, channels, tiles, transformed + channel, step, 16);
        }
        if (channel < channels)
        {
            PixelsOf<V, Cut>(row0 + channel, row1 + channel, row2 + channel, row3 + channel, x, width, pixel, channels, tiles, transformed + channel, step, channels - channel);
        }
    }

    [MethodImpl(Hot)]
    private static void PixelsOf<V, TEnd>(float* row0, float* row1, float* row2, float* row3, int x, int width, nint pixel, nint channels, int tiles, float* to, nint step, int lanes)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        nint step3 = 3 * step, step4 = 4 * step;
        Column<V, TEnd>(row0, row1, row2, row3, x, width, pixel, lanes, out V a0, out V a1, out V a2, out V a3);
        Column<V, TEnd>(row0, row1, row2, row3, x + 1, width, pixel, lanes, out V b0, out V b1, out V b2, out V b3);
        for (; tiles > 0; tiles--)
        {
            x += 2;
            Column<V, TEnd>(row0, row1, row2, row3, x, width, pixel, lanes, out V c0, out V c1, out V c2, out V c3);
            Column<V, TEnd>(row0, row1, row2, row3, x + 1, width, pixel, lanes, out V d0, out V d1, out V d2, out V d3);
            float* row = to;
            TEnd.Store(a0 - c0, row, lanes);
            TEnd.Store(b0 + c0, row + step, lanes);
            TEnd.Store(c0 - b0, row + 2 * step, lanes);
            TEnd.Store(b0 - d0, row + step3, lanes);
            row += step4;
            TEnd.Store(a1 - c1, row, lanes);
            TEnd.Store(b1 + c1, row + step, lanes);
            TEnd.Store(c1 - b1, row + 2 * step, lanes);
            TEnd.Store(b1 - d1, row + step3, lanes);
            row += step4;
            TEnd.Store(a2 - c2, row, lanes);
            TEnd.Store(b2 + c2, row + step, lanes);
            TEnd.Store(c2 - b2, row + 2 * step, lanes);
            TEnd.Store(b2 - d2, row + step3, lanes);
            row += step4;
            TEnd.Store(a3 - c3, row, lanes);
            TEnd.Store(b3 + c3, row + step, lanes);
            TEnd.Store(c3 - b3, row + 2 * step, lanes);
            TEnd.Store(b3 - d3, row + step3, lanes);
            (a0, a1, a2, a3) = (c0, c1, c2, c3);
            (b0, b1, b2, b3) = (d0, d1, d2, d3);
            to += channels;
        }
    }

    /// <summary>A column of <c>Bᵀ d</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<V, TEnd>(float* row0, float* row1, float* row2, float* row3, int x, int width, nint pixel, int lanes, out V t0, out V t1, out V t2, out V t3)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        if ((uint)x >= (uint)width)
        {
            t0 = t1 = t2 = t3 = default;
            return;
        }
        nint at = x * pixel;
        V d0 = TEnd.Load<V>(row0 + at, lanes), d1 = TEnd.Load<V>(row1 + at, lanes), d2 = TEnd.Load<V>(row2 + at, lanes), d3 = TEnd.Load<V>(row3 + at, lanes);
        t0 = d0 - d2;
        t1 = d1 + d2;
        t2 = d2 - d1;
        t3 = d1 - d3;
    }

    /// <summary><c>f(start + Aᵀ m A)</c> for a row of tiles, with <c>Aᵀ = [1 1 1 0; 0 1 -1 -1]</c>.</summary>
    /// <param name="products"><c>[16, step]</c>, in each element <c>[tiles, channels]</c>.</param>
    /// <param name="step">From element to element.</param>
    /// <param name="start">What the sums start from, for each channel.</param>
    /// <param name="result">The first of two rows of the result.</param>
    /// <param name="nextRow">From there to the second; 0 where there is none.</param>
    /// <param name="width">Columns that are left in a row of the result.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="epilogue">f.</param>
    [MethodImpl(Hot)]
    public static void Sums<V, TEpilogue>(float* products, nint step, float* start, float* result, nint nextRow, int width, int channels, int tiles, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        for (; tiles > 0; tiles--)
        {
            nint nextColumn = width > 1 ? channels : 0;
            int channel = 0;
            for (; channel <= channels - 16; channel += 16) SumsOf<V, Whole, TEpilogue>(products + channel, step, start, result + channel, nextRow, nextColumn, channel, 16, epilogue);
            if (channel < channels) SumsOf<V, Cut, TEpilogue>(products + channel, step, start, result + channel, nextRow, nextColumn, channel, channels - channel, epilogue);
            products += channels;
            result += 2 * channels;
            width -= 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumsOf<V, TEnd, TEpilogue>(float* m, nint step, float* start, float* y, nint nextRow, nint nextColumn, int channel, int lanes, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TEpilogue : struct, ITileEpilogue
    {
        V first = TEnd.Load<V>(start + channel, lanes);
        Row<V, TEnd>(m, step, lanes, out V a0, out V a1);
        Row<V, TEnd>(m + 4 * step, step, lanes, out V b0, out V b1);
        Row<V, TEnd>(m + 8 * step, step, lanes, out V c0, out V c1);
        Row<V, TEnd>(m + 12 * step, step, lanes, out V d0, out V d1);
        V y00 = first + (a0 + b0 + c0), y01 = first + (a1 + b1 + c1), y10 = first + (b0 - c0 - d0), y11 = first + (b1 - c1 - d1);
        TEnd.Store(epilogue.Finish<V, TEnd>(y00, y, channel, lanes), y, lanes);
        if (nextColumn != 0) TEnd.Store(epilogue.Finish<V, TEnd>(y01, y + nextColumn, channel, lanes), y + nextColumn, lanes);
        if (nextRow == 0) return;
        y += nextRow;
        TEnd.Store(epilogue.Finish<V, TEnd>(y10, y, channel, lanes), y, lanes);
        if (nextColumn != 0) TEnd.Store(epilogue.Finish<V, TEnd>(y11, y + nextColumn, channel, lanes), y + nextColumn, lanes);
    }

    /// <summary>A row of <c>m A</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<V, TEnd>(float* m, nint step, int lanes, out V left, out V right) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        V m1 = TEnd.Load<V>(m + step, lanes), m2 = TEnd.Load<V>(m + 2 * step, lanes);
        left = TEnd.Load<V>(m, lanes) + m1 + m2;
        right = m1 - m2 - TEnd.Load<V>(m + 3 * step, lanes);
    }

    /// <summary><c>A dy Aᵀ</c> for a row of tiles.</summary>
    /// <param name="row0">The first of two rows of gradients.</param>
    /// <param name="row1">The second.</param>
    /// <param name="width">Columns of a row; beyond are zeros.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="transformed"><c>[16, step]</c>, in each element <c>[tiles, channels]</c>.</param>
    /// <param name="step">From element to element.</param>
    [MethodImpl(Hot)]
    public static void Gradients<V>(float* row0, float* row1, int width, int channels, int tiles, float* transformed, nint step) where V : struct, IVector16<V>
    {
        for (; tiles > 0; tiles--)
        {
            nint nextColumn = width > 1 ? channels : 0;
            int channel = 0;
            for (; channel <= channels - 16; channel += 16) GradientsOf<V, Whole>(row0 + channel, row1 + channel, nextColumn, transformed + channel, step, 16);
            if (channel < channels) GradientsOf<V, Cut>(row0 + channel, row1 + channel, nextColumn, transformed + channel, step, channels - channel);
            row0 += 2 * channels;
            row1 += 2 * channels;
            transformed += channels;
            width -= 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientsOf<V, TEnd>(float* row0, float* row1, nint nextColumn, float* to, nint step, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        V a = TEnd.Load<V>(row0, lanes), c = TEnd.Load<V>(row1, lanes), b = default, d = default;
        if (nextColumn != 0)
        {
            b = TEnd.Load<V>(row0 + nextColumn, lanes);
            d = TEnd.Load<V>(row1 + nextColumn, lanes);
        }
        GradientRow<V, TEnd>(a, b, to, step, lanes);
        GradientRow<V, TEnd>(a + c, b + d, to + 4 * step, step, lanes);
        GradientRow<V, TEnd>(a - c, b - d, to + 8 * step, step, lanes);
        GradientRow<V, TEnd>(-c, -d, to + 12 * step, step, lanes);
    }

    /// <summary>A row of <c>dy Aᵀ</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientRow<V, TEnd>(V left, V right, float* to, nint step, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        TEnd.Store(left, to, lanes);
        TEnd.Store(left + right, to + step, lanes);
        TEnd.Store(left - right, to + 2 * step, lanes);
        TEnd.Store(-right, to + 3 * step, lanes);
    }

    /// <summary>Adds <c>Gᵀ u G</c> to the nine taps of <paramref name="length"/> pairs of channels.</summary>
    /// <param name="sums"><c>[16, step]</c>, in each element <paramref name="length"/> numbers.</param>
    /// <param name="step">From element to element.</param>
    /// <param name="taps">The first tap.</param>
    /// <param name="tap">From tap to tap.</param>
    /// <param name="length">Pairs of channels.</param>
    [MethodImpl(Hot)]
    public static void AddTaps<V>(float* sums, nint step, float* taps, nint tap, int length) where V : struct, IVector16<V>
    {
        int i = 0;
        for (; i <= length - 16; i += 16) AddTapsOf<V, Whole>(sums + i, step, taps + i, tap, 16);
        if (i < length) AddTapsOf<V, Cut>(sums + i, step, taps + i, tap, length - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTapsOf<V, TEnd>(float* u, nint step, float* to, nint tap, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        TapRow<V>(u, step, out V a0, out V a1, out V a2);
        TapRow<V>(u + 4 * step, step, out V b0, out V b1, out V b2);
        TapRow<V>(u + 8 * step, step, out V c0, out V c1, out V c2);
        TapRow<V>(u + 12 * step, step, out V d0, out V d1, out V d2);
        AddTapColumn<V, TEnd>(a0, b0, c0, d0, to, 3 * tap, lanes);
        AddTapColumn<V, TEnd>(a1, b1, c1, d1, to + tap, 3 * tap, lanes);
        AddTapColumn<V, TEnd>(a2, b2, c2, d2, to + 2 * tap, 3 * tap, lanes);
    }

    /// <summary>A row of <c>u G</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TapRow<V>(float* u, nint step, out V g0, out V g1, out V g2) where V : struct, IVector16<V> =>
        Ends(V.Load(in u[0]), V.Load(in u[step]), V.Load(in u[2 * step]), V.Load(in u[3 * step]), out g0, out g1, out g2);

    /// <summary>Adds a column of <c>Gᵀ u</c> to three taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTapColumn<V, TEnd>(V a, V b, V c, V d, float* to, nint down, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
    {
        Ends(a, b, c, d, out V g0, out V g1, out V g2);
        TEnd.Store(TEnd.Load<V>(to, lanes) + g0, to, lanes);
        TEnd.Store(TEnd.Load<V>(to + down, lanes) + g1, to + down, lanes);
        TEnd.Store(TEnd.Load<V>(to + 2 * down, lanes) + g2, to + 2 * down, lanes);
    }

    /// <summary><c>Gᵀ</c> times four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ends<V>(V u0, V u1, V u2, V u3, out V g0, out V g1, out V g2) where V : struct, IVector16<V>
    {
        V half = V.Broadcast(0.5f), sum = (u1 + u2) * half;
        g0 = u0 + sum;
        g1 = (u1 - u2) * half;
        g2 = sum + u3;
    }
}
