using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>A loss of one predicted element, and its derivative by the prediction.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILoss
{
    /// <summary><c>l(prediction, target)</c>.</summary>
    V Value<V>(V prediction, V target) where V : struct, ILanes<V>;

    /// <summary><c>dl / dprediction</c>.</summary>
    V Gradient<V>(V prediction, V target) where V : struct, ILanes<V>;
}

/// <summary><c>(x - t)^2</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SquaredError : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V difference = prediction - target;
        return difference * difference;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V> => V.Broadcast(2) * (prediction - target);
}

/// <summary><c>|x - t|</c>; the derivative at 0 is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AbsoluteError : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V> => V.Abs(prediction - target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V difference = prediction - target, zero = V.Broadcast(0);
        // Zero and NaN stay what they are.
        return V.SelectGreater(difference, zero, V.Broadcast(1), V.SelectGreater(zero, difference, V.Broadcast(-1), difference));
    }
}

/// <summary><c>|d| &lt;= delta ? d^2 / 2 : delta (|d| - delta / 2)</c> with <c>d = x - t</c> (Huber 1964).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Huber(float delta) : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V distance = V.Abs(prediction - target), bound = V.Broadcast(delta), half = V.Broadcast(0.5f);
        return V.SelectGreater(distance, bound, bound * (distance - half * bound), half * distance * distance);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V> =>
        V.Min(V.Broadcast(delta), V.Max(V.Broadcast(-delta), prediction - target));
}

/// <summary>
/// The binary cross-entropy of the sigmoid of logits <c>x</c>: <c>softplus(x) - x t</c>, computed as <c>max(x, 0) - x t + ln(1 + e^-|x|)</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SigmoidCrossEntropy : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V> =>
        // In this order: for large |x| the first two cancel, and the small third term would be lost in either.
        V.Max(V.Broadcast(0), prediction) - prediction * target + VectorMath.LogOnePlusUnit(VectorMath.Exp(-V.Abs(prediction)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V> => VectorMath.Sigmoid(prediction) - target;
}
