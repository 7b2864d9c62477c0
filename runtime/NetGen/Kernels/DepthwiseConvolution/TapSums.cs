using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The operands of sums over places, for some taps and up to 16 channels.</summary>
internal unsafe struct TapSumOperands
{
    /// <summary>What the first tap reads at the first place; 16 floats a pixel.</summary>
    public float* X;

    /// <summary>The gradient of the first place.</summary>
    public float* Dy;

    /// <summary>The gradient of the first tap.</summary>
    public float* Dw;

    /// <summary>Floats of x from one place to the next, from one row of places to the next.</summary>
    public nint XStep, XRow;

    /// <summary>Floats of x from one tap to the next, from one row of taps to the next.</summary>
    public nint XTap, XTapRow;

    /// <summary>Floats of dy from one place to the next.</summary>
    public nint DyStep;

    /// <summary>Floats of dw from one tap to the next, from one row of taps to the next.</summary>
    public nint DwTap, DwTapRow;

    /// <summary>Places of a row, and rows, which follow one another in dy.</summary>
    public int Places, Rows;

    /// <summary>Channels, 1 to 16.</summary>
    public int Lanes;
}

/// <summary>A box of taps, whose sums stay in registers over all places: a place's gradient is read once for all of them.</summary>
/// <typeparam name="V">The width of vectors.</typeparam>
/// <typeparam name="TEnd">Whether all 16 channels are there.</typeparam>
/// <typeparam name="TRows">Rows of taps: its size in bytes, 1 or 3.</typeparam>
/// <typeparam name="TColumns">Taps of a row: its size in bytes, 1 or 3.</typeparam>
internal static unsafe class TapSums<V, TEnd, TRows, TColumns>
    where V : struct, IVector16<V> where TEnd : struct, IRowEnd where TRows : unmanaged where TColumns : unmanaged
{
    /// <summary><c>dw += sum over places of x dy</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add(in TapSumOperands o)
    {
        int lanes = o.Lanes, places = o.Places;
        nint xStep = o.XStep, dyStep = o.DyStep, tap = o.XTap, tap2 = tap * 2, tapRow = o.XTapRow;
        V a0 = V.Broadcast(0), a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0, c0 = a0, c1 = a0, c2 = a0;
        float* row = o.X, gradient = o.Dy;
        for (int r = o.Rows; r > 0; r--, row += o.XRow)
        {
            float* a = row, b = a + tapRow, c = b + tapRow;
            for (int p = places; p > 0; p--, gradient += dyStep)
            {
                V g = TEnd.Load<V>(gradient, lanes);
                a0 = V.MultiplyAdd(g, V.Load(in *a), a0);
                if (sizeof(TColumns) > 1) a1 = V.MultiplyAdd(g, V.Load(in a[tap]), a1);
                if (sizeof(TColumns) > 1) a2 = V.MultiplyAdd(g, V.Load(in a[tap2]), a2);
                a += xStep;
                if (sizeof(TRows) == 1) continue;
                b0 = V.MultiplyAdd(g, V.Load(in *b), b0);
                if (sizeof(TColumns) > 1) b1 = V.MultiplyAdd(g, V.Load(in b[tap]), b1);
                if (sizeof(TColumns) > 1) b2 = V.MultiplyAdd(g, V.Load(in b[tap2]), b2);
                b += xStep;
                c0 = V.MultiplyAdd(g, V.Load(in *c), c0);
                if (sizeof(TColumns) > 1) c1 = V.MultiplyAdd(g, V.Load(in c[tap]), c1);
                if (sizeof(TColumns) > 1) c2 = V.MultiplyAdd(g, V.Load(in c[tap2]), c2);
                c += xStep;
            }
        }
        Add(a0, a1, a2, o.Dw, o.DwTap, lanes);
        if (sizeof(TRows) == 1) return;
        Add(b0, b1, b2, o.Dw + o.DwTapRow, o.DwTap, lanes);
        Add(c0, c1, c2, o.Dw + o.DwTapRow * 2, o.DwTap, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(V s0, V s1, V s2, float* dw, nint step, int lanes)
    {
        TEnd.Store(TEnd.Load<V>(dw, lanes) + s0, dw, lanes);
        if (sizeof(TColumns) == 1) return;
        TEnd.Store(TEnd.Load<V>(dw + step, lanes) + s1, dw + step, lanes);
        TEnd.Store(TEnd.Load<V>(dw + step * 2, lanes) + s2, dw + step * 2, lanes);
    }
}
