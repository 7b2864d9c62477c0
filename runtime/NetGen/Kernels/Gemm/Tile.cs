using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>A tile of c: up to 14 rows of vectors whose sums stay in registers from the first product to the only store.</summary>
/// <typeparam name="V">The width of vectors.</typeparam>
/// <typeparam name="R">A row: how many vectors, and whether the last is cut.</typeparam>
/// <typeparam name="TCount">How many rows: its size in bytes, one of <see cref="Rows1"/> to <see cref="Rows14"/>.</typeparam>
/// <typeparam name="TEpilogue">What is done to the sums at the end.</typeparam>
internal static unsafe class Tile<V, R, TCount, TEpilogue>
    where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TCount : unmanaged where TEpilogue : struct, ITileEpilogue
{
    // A tile that is done sooner has no time to hide the fetching of the next.
    private const int DepthWorthFetching = 48;

    /// <summary>Computes <see cref="TileOperands.Tiles"/> tiles, one below the other, and moves a, c and start past them.</summary>
    /// <remarks>
    /// One text is compiled for each tile that a network needs. <c>sizeof</c> is a constant to the JIT's importer, so the lines of rows that a tile does
    /// not have cost nothing, not even time to compile. Three rows share one pointer, because the address modes of x86 give each of
    /// <c>x</c>, <c>x + step</c> and <c>x + step2</c> without an instruction, and 14 pointers would not fit the registers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref TileOperands o, TEpilogue epilogue)
    {
        float* a = o.A, c = o.C, start = o.Start;
        nint step = o.RowStep, step2 = step * 2, innerStep = o.InnerStep, bStep = o.BStep, cStep = o.CStep, startStep = o.StartStep, tileStep = o.TileStep;
        int lanes = o.Lanes, inner = o.Inner, whole = o.Whole;
        for (int tile = o.Tiles; tile > 0; tile--)
        {
            R c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default;
            R c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
            if (start != null)
            {
                c0 = R.Load(start, lanes);
                if (sizeof(TCount) > 1) c1 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 2) c2 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 3) c3 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 4) c4 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 5) c5 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 6) c6 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 7) c7 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 8) c8 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 9) c9 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 10) c10 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 11) c11 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 12) c12 = R.Load(start += startStep, lanes);
                if (sizeof(TCount) > 13) c13 = R.Load(start += startStep, lanes);
                start += startStep;
            }
            float* nextRow = c + cStep * sizeof(TCount);
            int rowsToFetch = tile > 1 && inner >= DepthWorthFetching ? sizeof(TCount) : 0;
            float* x0 = a, x3 = x0 + step + step2, x6 = x3 + step + step2, x9 = x6 + step + step2, x12 = x9 + step + step2, b = o.B;
            for (int k = 0; k < inner;)
            {
                int end = Math.Min(k + Ahead.Depth, inner);
                if (rowsToFetch-- > 0) Fetch(nextRow);
                nextRow += cStep;
                o.AheadOfA.Fetch();
                o.AheadOfB.Fetch();
                do
                {
                    R v = R.Load(b, k < whole ? 16 : lanes);
                    c0.Add(x0, in v);
                    if (sizeof(TCount) > 1) c1.Add(x0 + step, in v);
                    if (sizeof(TCount) > 2) c2.Add(x0 + step2, in v);
                    if (sizeof(TCount) > 3) c3.Add(x3, in v);
                    if (sizeof(TCount) > 4) c4.Add(x3 + step, in v);
                    if (sizeof(TCount) > 5) c5.Add(x3 + step2, in v);
                    if (sizeof(TCount) > 6) c6.Add(x6, in v);
                    if (sizeof(TCount) > 7) c7.Add(x6 + step, in v);
                    if (sizeof(TCount) > 8) c8.Add(x6 + step2, in v);
                    if (sizeof(TCount) > 9) c9.Add(x9, in v);
                    if (sizeof(TCount) > 10) c10.Add(x9 + step, in v);
                    if (sizeof(TCount) > 11) c11.Add(x9 + step2, in v);
                    if (sizeof(TCount) > 12) c12.Add(x12, in v);
                    if (sizeof(TCount) > 13) c13.Add(x12 + step, in v);
                    x0 += innerStep;
                    if (sizeof(TCount) > 3) x3 += innerStep;
                    if (sizeof(TCount) > 6) x6 += innerStep;
                    if (sizeof(TCount) > 9) x9 += innerStep;
                    if (sizeof(TCount) > 12) x12 += innerStep;
                    b += bStep;
                }
                while (++k < end);
            }
            c0.Store(c, lanes, in epilogue);
            if (sizeof(TCount) > 1) c1.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 2) c2.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 3) c3.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 4) c4.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 5) c5.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 6) c6.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 7) c7.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 8) c8.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 9) c9.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 10) c10.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 11) c11.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 12) c12.Store(c += cStep, lanes, in epilogue);
            if (sizeof(TCount) > 13) c13.Store(c += cStep, lanes, in epilogue);
            c += cStep;
            a += tileStep;
        }
        o.A = a;
        o.C = c;
        o.Start = start;
    }

    /// <summary>Fetches a row of the next tile of c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* row)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(row);
        if (R.Vectors > 1) Sse.Prefetch0(row + 16);
        if (R.Vectors > 2) Sse.Prefetch0(row + 32);
    }
}
