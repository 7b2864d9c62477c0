using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The simple recurrent network <c>h' = f(x W_ih + b_ih + h W_hh + b_hh)</c> (Elman 1990); f saves its output, as tanh and ReLU do.</summary>
/// <remarks>One gate; state h; <c>Backward</c> needs nothing but h.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RnnCell<TActivation> : ICell where TActivation : struct, IActivation
{
    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static bool KeepsGates => false;

    /// <inheritdoc/>
    public static int Saved => 0;

    static bool ICell.PassesHidden => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Forward<V, TEnd>(float* projection, float* product, nint units, V h, float* c, float* gates, float* saved, int lanes) =>
        default(TActivation).Apply(TEnd.Load<V>(projection, lanes) + TEnd.Load<V>(product, lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe V ICell.Backward<V, TEnd>(
        V dh, float* hidden, float* previous, float* gates, float* saved, float* dc, float* dProjection, float* dProduct, nint units, int lanes)
    {
        V d = default(TActivation).Gradient(TEnd.Load<V>(hidden, lanes), dh);
        TEnd.Store(d, dProjection, lanes);
        TEnd.Store(d, dProduct, lanes);
        return V.Broadcast(0);
    }
}
