using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>A tile of up to 14 neighbouring places of a window three pixels wide: each pixel is read once for the up to three places that it belongs to.</summary>
/// <remarks>
/// One vector of channels is too narrow for <see cref="RunTile{V, R, TCount, TEpilogue}"/>, which reads a number for each product: the loads would take longer than the
/// products. Here 16 numbers and three vectors of the weight are read for 42 products. Sums go row by row of the window, channel by channel, tap by tap.
/// </remarks>
internal static unsafe class ThreeTapTile<V, R, TCount, TEpilogue>
    where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TCount : unmanaged where TEpilogue : struct, ITileEpilogue
{
    /// <summary>Computes <see cref="RunOperands.Tiles"/> tiles, one behind the other, and moves a and c past them. A run is three pixels with their channels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref RunOperands o, TEpilogue epilogue)
    {
        float* a = o.A, c = o.C, start = o.Start, lastWhole = o.LastWhole;
        nint step = o.RowStep, step2 = step * 2, step3 = step * 3, bStep = o.BStep, cStep = o.CStep, tileStep = step * sizeof(TCount);
        int lanes = o.Lanes, channels = o.RunLength / 3;
        nint tap = channels * bStep, tap2 = tap * 2;
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
                float* x0 = a + run->A, x3 = x0 + step3, x6 = x3 + step3, x9 = x6 + step3, x12 = x9 + step3, x15 = x12 + step3, b = o.B + run->B;
                for (int k = channels; k > 0; k--)
                {
                    int read = b + tap2 <= lastWhole ? 16 : lanes;
                    R b0 = R.Load(b, read), b1 = R.Load(b + tap, read), b2 = R.Load(b + tap2, read);
                    b += bStep;
                    V x = V.Broadcast(x0[0]);
                    c0.Add(x, in b0);
                    x = V.Broadcast(x0[step]);
                    if (sizeof(TCount) > 1) c1.Add(x, in b0);
                    c0.Add(x, in b1);
                    x = V.Broadcast(x0[step2]);
                    if (sizeof(TCount) > 2) c2.Add(x, in b0);
                    if (sizeof(TCount) > 1) c1.Add(x, in b1);
                    c0.Add(x, in b2);
                    if (sizeof(TCount) > 1) x = V.Broadcast(x3[0]);
                    if (sizeof(TCount) > 3) c3.Add(x, in b0);
                    if (sizeof(TCount) > 2) c2.Add(x, in b1);
                    if (sizeof(TCount) > 1) c1.Add(x, in b2);
                    if (sizeof(TCount) > 2) x = V.Broadcast(x3[step]);
                    if (sizeof(TCount) > 4) c4.Add(x, in b0);
                    if (sizeof(TCount) > 3) c3.Add(x, in b1);
                    if (sizeof(TCount) > 2) c2.Add(x, in b2);
                    if (sizeof(TCount) > 3) x = V.Broadcast(x3[step2]);
                    if (sizeof(TCount) > 5) c5.Add(x, in b0);
                    if (sizeof(TCount) > 4) c4.Add(x, in b1);
                    if (sizeof(TCount) > 3) c3.Add(x, in b2);
                    if (sizeof(TCount) > 4) x = V.Broadcast(x6[0]);
                    if (sizeof(TCount) > 6) c6.Add(x, in b0);
                    if (sizeof(TCount) > 5) c5.Add(x, in b1);
                    if (sizeof(TCount) > 4) c4.Add(x, in b2);
                    if (sizeof(TCount) > 5) x = V.Broadcast(x6[step]);
                    if (sizeof(TCount) > 7) c7.Add(x, in b0);
                    if (sizeof(TCount) > 6) c6.Add(x, in b1);
                    if (sizeof(TCount) > 5) c5.Add(x, in b2);
                    if (sizeof(TCount) > 6) x = V.Broadcast(x6[step2]);
                    if (sizeof(TCount) > 8) c8.Add(x, in b0);
                    if (sizeof(TCount) > 7) c7.Add(x, in b1);
                    if (sizeof(TCount) > 6) c6.Add(x, in b2);
                    if (sizeof(TCount) > 7) x = V.Broadcast(x9[0]);
                    if (sizeof(TCount) > 9) c9.Add(x, in b0);
                    if (sizeof(TCount) > 8) c8.Add(x, in b1);
                    if (sizeof(TCount) > 7) c7.Add(x, in b2);
                    if (sizeof(TCount) > 8) x = V.Broadcast(x9[step]);
                    if (sizeof(TCount) > 10) c10.Add(x, in b0);
                    if (sizeof(TCount) > 9) c9.Add(x, in b1);
                    if (sizeof(TCount) > 8) c8.Add(x, in b2);
                    if (sizeof(TCount) > 9) x = V.Broadcast(x9[step2]);
                    if (sizeof(TCount) > 11) c11.Add(x, in b0);
                    if (sizeof(TCount) > 10) c10.Add(x, in b1);
                    if (sizeof(TCount) > 9) c9.Add(x, in b2);
                    if (sizeof(TCount) > 10) x = V.Broadcast(x12[0]);
                    if (sizeof(TCount) > 12) c12.Add(x, in b0);
                    if (sizeof(TCount) > 11) c11.Add(x, in b1);
                    if (sizeof(TCount) > 10) c10.Add(x, in b2);
                    if (sizeof(TCount) > 11) x = V.Broadcast(x12[step]);
                    if (sizeof(TCount) > 13) c13.Add(x, in b0);
                    if (sizeof(TCount) > 12) c12.Add(x, in b1);
                    if (sizeof(TCount) > 11) c11.Add(x, in b2);
                    if (sizeof(TCount) > 12) x = V.Broadcast(x12[step2]);
                    if (sizeof(TCount) > 13) c13.Add(x, in b1);
                    if (sizeof(TCount) > 12) c12.Add(x, in b2);
                    if (sizeof(TCount) > 13) x = V.Broadcast(x15[0]);
                    if (sizeof(TCount) > 13) c13.Add(x, in b2);
                    x0++;
                    if (sizeof(TCount) > 1) x3++;
                    if (sizeof(TCount) > 4) x6++;
                    if (sizeof(TCount) > 7) x9++;
                    if (sizeof(TCount) > 10) x12++;
                    if (sizeof(TCount) > 13) x15++;
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
