using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>A tile of up to 14 rows whose sums go through several runs of products, in registers from the first to the only store.</summary>
/// <remarks>As <see cref="Tile{V, R, TCount, TEpilogue}"/>, with a loop over runs around that over products: the rows of a window that a result is summed over.</remarks>
internal static unsafe class RunTile<V, R, TCount, TEpilogue>
    where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TCount : unmanaged where TEpilogue : struct, ITileEpilogue
{
    /// <summary>Computes <see cref="RunOperands.Tiles"/> tiles, one below the other, and moves a and c past them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref RunOperands o, TEpilogue epilogue)
    {
        float* a = o.A, c = o.C, start = o.Start, lastWhole = o.LastWhole;
        nint step = o.RowStep, step2 = step * 2, triple = o.TripleStep, innerStep = o.InnerStep, bStep = o.BStep, cStep = o.CStep, tileStep = o.RowStep * sizeof(TCount);
        int lanes = o.Lanes, length = o.RunLength;
        for (int tile = o.Tiles; tile > 0; tile--)
        {
            R c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default;
            R c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
            if (start != null)
            {
                c0 = R.Load(start, lanes);
                if (sizeof(TCount) > 1) c1 = c0;
                if (sizeof(TCount) > 2) c2 = c0;
                if (sizeof(TCount) > 3) c3 = c0;
                if (sizeof(TCount) > 4) c4 = c0;
                if (sizeof(TCount) > 5) c5 = c0;
                if (sizeof(TCount) > 6) c6 = c0;
                if (sizeof(TCount) > 7) c7 = c0;
                if (sizeof(TCount) > 8) c8 = c0;
                if (sizeof(TCount) > 9) c9 = c0;
                if (sizeof(TCount) > 10) c10 = c0;
                if (sizeof(TCount) > 11) c11 = c0;
                if (sizeof(TCount) > 12) c12 = c0;
                if (sizeof(TCount) > 13) c13 = c0;
            }
            Run* run = o.Runs;
            for (Run* end = run + o.RunCount; run < end; run++)
            {
                float* x0 = a + run->A, x3 = x0 + triple, x6 = x3 + triple, x9 = x6 + triple, x12 = x9 + triple, b = o.B + run->B;
                for (int k = length; k > 0; k--)
                {
                    R v = R.Load(b, b <= lastWhole ? 16 : lanes);
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
    }
}
