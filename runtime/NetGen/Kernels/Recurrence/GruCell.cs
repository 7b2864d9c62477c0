using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The gated recurrent unit, with PyTorch's equations and order of gates, where r also multiplies the bias b_hh of n:
/// <c>r, z = sigmoid(.)</c>, <c>n = tanh(x W_in + b_in + r (h W_hn + b_hn))</c>, <c>h' = (1 - z) n + z h</c> (Cho et al. 2014).
/// </summary>
/// <remarks>Gates r, z, n; state h; keeps its gates, saves <c>h W_hn + b_hn</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GruCell : ICell
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static bool KeepsGates => true;

    /// <inheritdoc/>
    public static int Saved => 1;

    static bool ICell.PassesHidden => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Forward<V, TEnd>(float* projection, float* product, nint units, V h, float* c, float* gates, float* saved, int lanes)
    {
        V r = VectorMath.Sigmoid(TEnd.Load<V>(projection, lanes) + TEnd.Load<V>(product, lanes));
        V z = VectorMath.Sigmoid(TEnd.Load<V>(projection + units, lanes) + TEnd.Load<V>(product + units, lanes));
        V q = TEnd.Load<V>(product + 2 * units, lanes);
        V n = VectorMath.Tanh(V.MultiplyAdd(r, q, TEnd.Load<V>(projection + 2 * units, lanes)));
        if (gates != null)
        {
            TEnd.Store(r, gates, lanes);
            TEnd.Store(z, gates + units, lanes);
            TEnd.Store(n, gates + 2 * units, lanes);
            TEnd.Store(q, saved, lanes);
        }
        return V.MultiplyAdd(z, h - n, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Backward<V, TEnd>(
        V dh, float* hidden, float* previous, float* gates, float* saved, float* dc, float* dProjection, float* dProduct, nint units, int lanes)
    {
        V r = TEnd.Load<V>(gates, lanes), z = TEnd.Load<V>(gates + units, lanes), n = TEnd.Load<V>(gates + 2 * units, lanes);
        V one = V.Broadcast(1);
        V dN = dh * (one - z) * (one - n * n);
        V dR = dN * TEnd.Load<V>(saved, lanes) * (r * (one - r));
        TEnd.Store(dR, dProjection, lanes);
        TEnd.Store(dR, dProduct, lanes);
        V dZ = dh * (TEnd.Load<V>(previous, lanes) - n) * (z * (one - z));
        TEnd.Store(dZ, dProjection + units, lanes);
        TEnd.Store(dZ, dProduct + units, lanes);
        TEnd.Store(dN, dProjection + 2 * units, lanes);
        TEnd.Store(dN * r, dProduct + 2 * units, lanes);
        return dh * z;
    }
}
