using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Losses of rows of predictions, and their gradients. A row is <c>width</c> predicted elements and has a weight; the weights of a batch sum to 1, so that the
/// mean loss is the sum of all that is computed here. A row of weight 0 has no effect: it adds exactly 0 to the loss and to the gradient, whatever it
/// holds.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Loss
{
    /// <summary><c>losses[r, j] = w_r l(x_rj, t_rj) / width</c>.</summary>
    /// <param name="predictions"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>t</c>, <c>[rows, width]</c>.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="losses"><c>[rows, width]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of one element.</param>
    public static void Elementwise<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, int width, TLoss loss)
        where TLoss : struct, ILoss
    {
        Debug.Assert(predictions.Length == weights.Length * width && targets.Length == predictions.Length && losses.Length == predictions.Length);
        Simd.Run(new WeightedRows<ValueTimes<TLoss>, TLoss>(predictions, targets, weights, losses, width, loss));
    }

    /// <summary>The gradient of the mean loss by the predictions, <c>w_r l'(x_rj, t_rj) / width</c>; it may overwrite them.</summary>
    /// <param name="predictions"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>t</c>, <c>[rows, width]</c>.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="gradient"><c>[rows, width]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of one element.</param>
    public static void ElementwiseGradient<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, TLoss loss)
        where TLoss : struct, ILoss
    {
        Debug.Assert(predictions.Length == weights.Length * width && targets.Length == predictions.Length && gradient.Length == predictions.Length);
        Simd.Run(new WeightedRows<GradientTimes<TLoss>, TLoss>(predictions, targets, weights, gradient, width, loss));
    }

    /// <summary>The mean loss from all that it is the sum of, in double: sixteen by sixteen, and these sums in order.</summary>
    public static float Sum(ReadOnlySpan<float> losses)
    {
        double total = 0;
        Simd.Run(new SumKernel(losses, ref total));
        return (float)total;
    }

    /// <summary>What is computed of each element of a row, for the row's factor.</summary>
    internal interface IRowOperator<TSelf, TLoss> : IBinaryOperator where TSelf : struct, IRowOperator<TSelf, TLoss>
    {
        static abstract TSelf Create(TLoss loss, float factor);
    }

    /// <summary><c>factor l(x, t)</c>.</summary>
    internal readonly struct ValueTimes<TLoss>(TLoss loss, float factor) : IRowOperator<ValueTimes<TLoss>, TLoss> where TLoss : struct, ILoss
    {
        public static ValueTimes<TLoss> Create(TLoss loss, float factor) => new(loss, factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V t) where V : struct, ILanes<V> => V.Broadcast(factor) * loss.Value(x, t);
    }

    /// <summary><c>factor l'(x, t)</c>.</summary>
    internal readonly struct GradientTimes<TLoss>(TLoss loss, float factor) : IRowOperator<GradientTimes<TLoss>, TLoss> where TLoss : struct, ILoss
    {
        public static GradientTimes<TLoss> Create(TLoss loss, float factor) => new(loss, factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V t) where V : struct, ILanes<V> => V.Broadcast(factor) * loss.Gradient(x, t);
    }

    /// <summary><c>y[r, :] = f(x[r, :], t[r, :])</c> with an f for <c>w_r / width</c>; 0, and nothing read, where <c>w_r</c> is 0.</summary>
    internal readonly ref struct WeightedRows<TOperator, TLoss>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> t, ReadOnlySpan<float> weights, Span<float> y, int width, TLoss loss) : ISimdKernel
        where TOperator : struct, IRowOperator<TOperator, TLoss>
        where TLoss : struct, ILoss
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _t = t;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _y = y;
        private readonly int _width = width;
        private readonly TLoss _loss = loss;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int rows = _weights.Length, length = _width;
            if (rows > 1 && AllEqual(_weights))
            {
                // Rows of one weight, which all have where the batch has no weights, are one long row.
                length *= rows;
                rows = 1;
            }
            for (int r = 0; r < rows; r++)
            {
                float weight = _weights[r];
                Span<float> y = _y.Slice(r * length, length);
                if (weight == 0)
                {
                    y.Clear();
                    continue;
                }
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), r * length);
                ref float t = ref Unsafe.Add(ref MemoryMarshal.GetReference(_t), r * length);
                BinaryMap<TOperator>.Row<V>(ref x, ref t, ref MemoryMarshal.GetReference(y), length, TOperator.Create(_loss, weight / _width));
            }
        }

        // Compared as bits, which the library does by vectors.
        private static bool AllEqual(ReadOnlySpan<float> weights)
        {
            ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(weights);
            return !bits.ContainsAnyExcept(bits[0]);
        }
    }

    internal readonly ref struct SumKernel(ReadOnlySpan<float> losses, ref double total) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _losses = losses;
        private readonly ref double _total = ref total;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float losses = ref MemoryMarshal.GetReference(_losses);
            int count = _losses.Length, i = 0;
            double total = 0;
            for (; i <= count - 16; i += 16) total += V.SumLanesInDouble(V.Load(ref Unsafe.Add(ref losses, i)));
            if (i < count) total += V.SumLanesInDouble(V.LoadPartial(ref Unsafe.Add(ref losses, i), count - i));
            _total = total;
        }
    }
}
