using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Up to eight neighbouring results of up to 16 channels, whose sums stay in registers over any box of taps.</summary>
/// <typeparam name="V">The width of vectors.</typeparam>
/// <typeparam name="TEnd">Whether all 16 channels are there.</typeparam>
/// <typeparam name="TCount">How many results: its size in bytes, one of <see cref="Rows1"/> to <see cref="Rows8"/>.</typeparam>
/// <typeparam name="TEpilogue">What is done to the sums at the end.</typeparam>
internal static unsafe class GatherTile<V, TEnd, TCount, TEpilogue>
    where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TCount : unmanaged where TEpilogue : struct, IGatherEpilogue
{
    /// <summary>Computes the tile for <see cref="GatherOperands.Blocks"/> blocks of 16 channels, of the last <see cref="GatherOperands.Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref GatherOperands o, TEpilogue epilogue)
    {
        int lanes = o.Lanes, columns = o.Columns;
        nint step = o.XStep, step2 = step * 2, xColumn = o.XColumn, wColumn = o.WColumn, yStep = o.YStep, extraStep = o.Extra == null ? 0 : yStep;
        nint done = 0;
        for (int block = o.Blocks; block > 0; block--, done += 16)
        {
            V s0 = TEpilogue.StartsFromShift && o.Shift != null ? TEnd.Load<V>(o.Shift + done, lanes) : V.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            for (int plane = 0; plane < o.Planes; plane++)
            {
                float* xRow = o.X + plane * o.XPlane + done, wRow = o.W + plane * o.WPlane + done;
                for (int row = 0; row < o.Rows; row++, xRow += o.XRow, wRow += o.WRow)
                {
                    float* x0 = xRow, x3 = x0 + step + step2, x6 = x3 + step + step2, weight = wRow;
                    for (int column = 0; column < columns; column++)
                    {
                        V w = TEnd.Load<V>(weight, lanes);
                        s0 = V.MultiplyAdd(w, TEnd.Load<V>(x0, lanes), s0);
                        if (sizeof(TCount) > 1) s1 = V.MultiplyAdd(w, TEnd.Load<V>(x0 + step, lanes), s1);
                        if (sizeof(TCount) > 2) s2 = V.MultiplyAdd(w, TEnd.Load<V>(x0 + step2, lanes), s2);
                        if (sizeof(TCount) > 3) s3 = V.MultiplyAdd(w, TEnd.Load<V>(x3, lanes), s3);
                        if (sizeof(TCount) > 4) s4 = V.MultiplyAdd(w, TEnd.Load<V>(x3 + step, lanes), s4);
                        if (sizeof(TCount) > 5) s5 = V.MultiplyAdd(w, TEnd.Load<V>(x3 + step2, lanes), s5);
                        if (sizeof(TCount) > 6) s6 = V.MultiplyAdd(w, TEnd.Load<V>(x6, lanes), s6);
                        if (sizeof(TCount) > 7) s7 = V.MultiplyAdd(w, TEnd.Load<V>(x6 + step, lanes), s7);
                        weight += wColumn;
                        x0 += xColumn;
                        if (sizeof(TCount) > 3) x3 += xColumn;
                        if (sizeof(TCount) > 6) x6 += xColumn;
                    }
                }
            }
            V scale = default, shift = default;
            if (!TEpilogue.StartsFromShift)
            {
                scale = o.Scale != null ? TEnd.Load<V>(o.Scale + done, lanes) : V.Broadcast(1);
                shift = o.Shift != null ? TEnd.Load<V>(o.Shift + done, lanes) : V.Broadcast(0);
            }
            float* y = o.Y + done, extra = extraStep == 0 ? null : o.Extra + done;
            TEnd.Store(epilogue.Finish<V, TEnd>(s0, scale, shift, extra, lanes), y, lanes);
            if (sizeof(TCount) > 1) TEnd.Store(epilogue.Finish<V, TEnd>(s1, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 2) TEnd.Store(epilogue.Finish<V, TEnd>(s2, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 3) TEnd.Store(epilogue.Finish<V, TEnd>(s3, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 4) TEnd.Store(epilogue.Finish<V, TEnd>(s4, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 5) TEnd.Store(epilogue.Finish<V, TEnd>(s5, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 6) TEnd.Store(epilogue.Finish<V, TEnd>(s6, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
            if (sizeof(TCount) > 7) TEnd.Store(epilogue.Finish<V, TEnd>(s7, scale, shift, extra += extraStep, lanes), y += yStep, lanes);
        }
    }
}
