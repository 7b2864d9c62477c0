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

/// <summary><c>max(0, 1 - t x)</c>; the derivative where it turns is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Hinge : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V> => V.Max(V.Broadcast(0), V.Broadcast(1) - target * prediction);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V> =>
        V.SelectGreater(V.Broadcast(1), target * prediction, -target, V.Broadcast(0));
}

/// <summary><c>d &gt; 0 ? (1 - q) d : -q d</c> with <c>d = x - t</c>; the derivative at 0 is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Quantile(float quantile) : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V difference = prediction - target;
        return V.Max(V.Broadcast(1 - quantile) * difference, V.Broadcast(-quantile) * difference);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        V difference = prediction - target, zero = V.Broadcast(0);
        // Zero and NaN stay what they are.
        return V.SelectGreater(difference, zero, V.Broadcast(1 - quantile), V.SelectGreater(zero, difference, V.Broadcast(-quantile), difference));
    }
}

/// <summary>
/// <c>a m^gamma c</c> with the cross-entropy <c>c</c> of <see cref="SigmoidCrossEntropy"/>, the probability <c>m = t sigmoid(-x) + (1 - t) sigmoid(x)</c> of what is wrong, and
/// <c>a = alpha t + (1 - alpha) (1 - t)</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SigmoidFocal(float gamma, float alpha) : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V> =>
        Weight(target) * Focal.Power(Wrong(VectorMath.Sigmoid(prediction), VectorMath.Sigmoid(-prediction), target), gamma) * default(SigmoidCrossEntropy).Value(prediction, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V>
    {
        // dc/dx = sigmoid(x) - t; dm/dx = (1 - 2t) sigmoid(x) sigmoid(-x).
        V yes = VectorMath.Sigmoid(prediction), no = VectorMath.Sigmoid(-prediction);
        V wrong = Wrong(yes, no, target);
        V slope = V.Broadcast(gamma) * default(SigmoidCrossEntropy).Value(prediction, target) * ((V.Broadcast(1) - target - target) * yes * no / wrong);
        return Weight(target) * Focal.Power(wrong, gamma) * (yes - target + slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Wrong<V>(V yes, V no, V target) where V : struct, ILanes<V> => V.Max(V.Broadcast(Focal.Least), target * no + (V.Broadcast(1) - target) * yes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Weight<V>(V target) where V : struct, ILanes<V> => V.MultiplyAdd(V.Broadcast(2 * alpha - 1), target, V.Broadcast(1 - alpha));
}

/// <summary>What the focal losses share.</summary>
internal static class Focal
{
    /// <summary>Probabilities of what is wrong are at least this, so that their logarithms are finite.</summary>
    public const float Least = 1e-30f;

    /// <summary><c>m^gamma</c> for m of at least <see cref="Least"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power<V>(V m, float gamma) where V : struct, ILanes<V> => VectorMath.Exp(V.Broadcast(gamma) * VectorMath.Log(m));
}
