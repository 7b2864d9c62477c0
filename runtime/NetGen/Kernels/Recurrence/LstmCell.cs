using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Long short-term memory, with PyTorch's equations and order of gates:
/// <c>i, f, o = sigmoid(.)</c>, <c>g = tanh(.)</c>, <c>c' = f c + i g</c>, <c>h' = o tanh(c')</c> (Hochreiter and Schmidhuber 1997, Gers et al. 2000).
/// </summary>
/// <remarks>Gates i, f, g, o; states h, c; keeps its gates, saves the old c.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LstmCell : ICell
{
    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static int States => 2;

    /// <inheritdoc/>
    public static bool KeepsGates => true;

    /// <inheritdoc/>
    public static int Saved => 1;

    static bool ICell.PassesHidden => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Forward<V, TEnd>(float* projection, float* product, nint units, V h, float* c, float* gates, float* saved, int lanes)
    {
        V i = VectorMath.Sigmoid(TEnd.Load<V>(projection, lanes) + TEnd.Load<V>(product, lanes));
        V f = VectorMath.Sigmoid(TEnd.Load<V>(projection + units, lanes) + TEnd.Load<V>(product + units, lanes));
        V g = VectorMath.Tanh(TEnd.Load<V>(projection + 2 * units, lanes) + TEnd.Load<V>(product + 2 * units, lanes));
        V o = VectorMath.Sigmoid(TEnd.Load<V>(projection + 3 * units, lanes) + TEnd.Load<V>(product + 3 * units, lanes));
        V old = TEnd.Load<V>(c, lanes);
        if (gates != null)
        {
            TEnd.Store(i, gates, lanes);
            TEnd.Store(f, gates + units, lanes);
            TEnd.Store(g, gates + 2 * units, lanes);
            TEnd.Store(o, gates + 3 * units, lanes);
            TEnd.Store(old, saved, lanes);
        }
        V now = V.MultiplyAdd(i, g, f * old);
        TEnd.Store(now, c, lanes);
        return o * VectorMath.Tanh(now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Backward<V, TEnd>(
        V dh, float* hidden, float* previous, float* gates, float* saved, float* dc, float* dProjection, float* dProduct, nint units, int lanes)
    {
        V i = TEnd.Load<V>(gates, lanes), f = TEnd.Load<V>(gates + units, lanes), g = TEnd.Load<V>(gates + 2 * units, lanes);
        V o = TEnd.Load<V>(gates + 3 * units, lanes), old = TEnd.Load<V>(saved, lanes);
        V one = V.Broadcast(1);
        V t = VectorMath.Tanh(V.MultiplyAdd(i, g, f * old));
        V dNow = V.MultiplyAdd(dh * o, one - t * t, TEnd.Load<V>(dc, lanes));
        TEnd.Store(dNow * f, dc, lanes);
        V dI = dNow * g * (i * (one - i));
        TEnd.Store(dI, dProjection, lanes);
        TEnd.Store(dI, dProduct, lanes);
        V dF = dNow * old * (f * (one - f));
        TEnd.Store(dF, dProjection + units, lanes);
        TEnd.Store(dF, dProduct + units, lanes);
        V dG = dNow * i * (one - g * g);
        TEnd.Store(dG, dProjection + 2 * units, lanes);
        TEnd.Store(dG, dProduct + 2 * units, lanes);
        V dO = dh * t * (o * (one - o));
        TEnd.Store(dO, dProjection + 3 * units, lanes);
        TEnd.Store(dO, dProduct + 3 * units, lanes);
        return V.Broadcast(0);
    }
}
