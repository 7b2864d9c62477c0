using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Up to eight neighbouring results of rows of three taps at stride 1: a source pixel is read once for the three results that it is a part of.</summary>
/// <typeparam name="V">The width of vectors.</typeparam>
/// <typeparam name="TEnd">Whether all 16 channels are there.</typeparam>
/// <typeparam name="TCount">How many results: its size in bytes, one of <see cref="Rows1"/> to <see cref="Rows8"/>.</typeparam>
/// <typeparam name="TEdges">Which taps lie outside.</typeparam>
/// <typeparam name="TEpilogue">What is done to the sums at the end.</typeparam>
/// <remarks>The order of a result's additions is that of its taps, whatever the tile.</remarks>
internal static unsafe class ThreeTapGather<V, TEnd, TCount, TEdges, TEpilogue>
    where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TCount : unmanaged where TEdges : struct, IEdges where TEpilogue : struct, IGatherEpilogue
{
    /// <summary>Computes the tile for <see cref="GatherOperands.Blocks"/> blocks of 16 channels, of the last <see cref="GatherOperands.Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref GatherOperands o, TEpilogue epilogue)
    {
        int lanes = o.Lanes;
        nint step = o.XColumn, step2 = step * 2, step3 = step * 3, wStep = o.WColumn, wStep2 = wStep * 2,
            xRow = o.XRow, wRow = o.WRow, yStep = o.YStep, extraStep = o.Extra == null ? 0 : yStep;
        nint done = 0;
        for (int block = o.Blocks; block > 0; block--, done += 16)
        {
            V s0 = TEpilogue.StartsFromShift && o.Shift != null ? TEnd.Load<V>(o.Shift + done, lanes) : V.Broadcast(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            float* xPlane = o.X + done, wPlane = o.W + done;
            for (int plane = o.Planes; plane > 0; plane--, xPlane += o.XPlane, wPlane += o.WPlane)
            {
                float* x0 = xPlane, w = wPlane;
                for (int row = o.Rows; row > 0; row--, x0 += xRow, w += wRow)
                {
                    V w0 = TEnd.Load<V>(w, lanes), w1 = TEnd.Load<V>(w + wStep, lanes), w2 = TEnd.Load<V>(w + wStep2, lanes), x;
                    float* x3 = x0 + step3, x6 = x3 + step3, x9 = x6 + step3;
                    if (!TEdges.Left)
                    {
                        x = TEnd.Load<V>(x0, lanes);
                        s0 = V.MultiplyAdd(w0, x, s0);
                    }
                    x = TEnd.Load<V>(x0 + step, lanes);
                    s0 = V.MultiplyAdd(w1, x, s0);
                    if (sizeof(TCount) > 1) s1 = V.MultiplyAdd(w0, x, s1);
                    if (sizeof(TCount) > 1 || !TEdges.Right)
                    {
                        x = TEnd.Load<V>(x0 + step2, lanes);
                        s0 = V.MultiplyAdd(w2, x, s0);
                        if (sizeof(TCount) > 1) s1 = V.MultiplyAdd(w1, x, s1);
                        if (sizeof(TCount) > 2) s2 = V.MultiplyAdd(w0, x, s2);
                    }
                    if (sizeof(TCount) > 1 && (sizeof(TCount) > 2 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x3, lanes);
                        s1 = V.MultiplyAdd(w2, x, s1);
                        if (sizeof(TCount) > 2) s2 = V.MultiplyAdd(w1, x, s2);
                        if (sizeof(TCount) > 3) s3 = V.MultiplyAdd(w0, x, s3);
                    }
                    if (sizeof(TCount) > 2 && (sizeof(TCount) > 3 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x3 + step, lanes);
                        s2 = V.MultiplyAdd(w2, x, s2);
                        if (sizeof(TCount) > 3) s3 = V.MultiplyAdd(w1, x, s3);
                        if (sizeof(TCount) > 4) s4 = V.MultiplyAdd(w0, x, s4);
                    }
                    if (sizeof(TCount) > 3 && (sizeof(TCount) > 4 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x3 + step2, lanes);
                        s3 = V.MultiplyAdd(w2, x, s3);
                        if (sizeof(TCount) > 4) s4 = V.MultiplyAdd(w1, x, s4);
                        if (sizeof(TCount) > 5) s5 = V.MultiplyAdd(w0, x, s5);
                    }
                    if (sizeof(TCount) > 4 && (sizeof(TCount) > 5 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x6, lanes);
                        s4 = V.MultiplyAdd(w2, x, s4);
                        if (sizeof(TCount) > 5) s5 = V.MultiplyAdd(w1, x, s5);
                        if (sizeof(TCount) > 6) s6 = V.MultiplyAdd(w0, x, s6);
                    }
                    if (sizeof(TCount) > 5 && (sizeof(TCount) > 6 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x6 + step, lanes);
                        s5 = V.MultiplyAdd(w2, x, s5);
                        if (sizeof(TCount) > 6) s6 = V.MultiplyAdd(w1, x, s6);
                        if (sizeof(TCount) > 7) s7 = V.MultiplyAdd(w0, x, s7);
                    }
                    if (sizeof(TCount) > 6 && (sizeof(TCount) > 7 || !TEdges.Right))
                    {
                        x = TEnd.Load<V>(x6 + step2, lanes);
                        s6 = V.MultiplyAdd(w2, x, s6);
                        if (sizeof(TCount) > 7) s7 = V.MultiplyAdd(w1, x, s7);
                    }
                    if (sizeof(TCount) > 7 && !TEdges.Right)
                    {
                        x = TEnd.Load<V>(x9, lanes);
                        s7 = V.MultiplyAdd(w2, x, s7);
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
