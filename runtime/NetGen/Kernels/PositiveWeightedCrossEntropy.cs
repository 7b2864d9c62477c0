using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The mean over a row of <c>p t softplus(-x) + (1 - t) softplus(x)</c>: the binary cross-entropy of the sigmoid of logits <c>x</c>, where yes counts p times.
/// </summary>
/// <param name="weights"><c>p</c>: one for all elements of a row, or one for each.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PositiveWeightedCrossEntropy(float[] weights) : IRowLoss
{
    /// <inheritdoc/>
    public static int TargetWidth(int width) => width;

    /// <inheritdoc/>
    public float Value<V>(ref float x, ref float t, int width) where V : struct, IVector16<V>
    {
        V zero = V.Broadcast(0), one = V.Broadcast(1), sum = zero;
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V logit = UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count), target = UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count);
            // What both softplus have in common: ln(1 + e^-|x|).
            V log = VectorMath.LogOnePlusUnit(VectorMath.Exp(-V.Abs(logit)));
            V loss = Weights<V>(i, count) * target * (V.Max(zero, -logit) + log) + (one - target) * (V.Max(zero, logit) + log);
            sum += V.SelectFirst(count, loss, zero);
        }
        return (float)(V.SumLanesInDouble(sum) / width);
    }

    /// <inheritdoc/>
    public void Gradient<V>(ref float x, ref float t, ref float g, int width, float weight) where V : struct, IVector16<V>
    {
        V one = V.Broadcast(1), scale = V.Broadcast(weight / width);
        for (int i = 0; i < width; i += 16)
        {
            int count = Math.Min(16, width - i);
            V logit = UpTo16.Load<V>(ref Unsafe.Add(ref x, i), count), target = UpTo16.Load<V>(ref Unsafe.Add(ref t, i), count);
            V gradient = (one - target) * VectorMath.Sigmoid(logit) - Weights<V>(i, count) * target * VectorMath.Sigmoid(-logit);
            UpTo16.Store(scale * gradient, ref Unsafe.Add(ref g, i), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Weights<V>(int start, int count) where V : struct, IVector16<V> =>
        weights.Length == 1 ? V.Broadcast(weights[0]) : UpTo16.Load<V>(ref weights[start], count);
}
