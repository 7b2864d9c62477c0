using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Losses of rows of predictions, and their gradients. A row is <c>width</c> predicted elements and has a weight; the weights of a batch sum to 1, so that the
/// mean loss is the sum of the rows' losses. Sums within a row are in double. A row of weight 0 is not read: it adds exactly 0 to the loss and to the
/// gradient, whatever it holds.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Loss
{
    /// <summary><c>losses[r] = w_r sum_j l(x_rj, t_rj) / width</c>.</summary>
    /// <param name="predictions"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>t</c>, <c>[rows, width]</c>.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="losses"><c>[rows]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of one element.</param>
    public static void Elementwise<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, int width, TLoss loss)
        where TLoss : struct, ILoss
    {
        Debug.Assert(predictions.Length == weights.Length * width && targets.Length == predictions.Length && losses.Length == weights.Length);
        Simd.Run(new ElementwiseKernel<TLoss>(predictions, targets, weights, losses, width, loss));
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
        Simd.Run(new ElementwiseGradientKernel<TLoss>(predictions, targets, weights, gradient, width, loss));
    }

    /// <summary>The mean loss from the losses of all rows: added in order, in double.</summary>
    public static float Sum(ReadOnlySpan<float> losses)
    {
        double total = 0;
        foreach (float loss in losses) total += loss;
        return (float)total;
    }

    internal readonly ref struct ElementwiseKernel<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, int width, TLoss loss)
        : ISimdKernel where TLoss : struct, ILoss
    {
        private readonly ReadOnlySpan<float> _predictions = predictions;
        private readonly ReadOnlySpan<float> _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _losses = losses;
        private readonly int _width = width;
        private readonly TLoss _loss = loss;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            TLoss loss = _loss;
            int width = _width;
            for (int r = 0; r < _weights.Length; r++)
            {
                float weight = _weights[r];
                if (weight == 0)
                {
                    _losses[r] = 0;
                    continue;
                }
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_predictions), r * width);
                ref float t = ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets), r * width);
                double row = 0;
                int i = 0;
                for (; i <= width - 16; i += 16) row += V.SumLanes(loss.Value(V.Load(ref Unsafe.Add(ref x, i)), V.Load(ref Unsafe.Add(ref t, i))));
                if (i < width)
                {
                    V last = loss.Value(V.LoadPartial(ref Unsafe.Add(ref x, i), width - i), V.LoadPartial(ref Unsafe.Add(ref t, i), width - i));
                    row += V.SumLanes(V.SelectFirst(width - i, last, V.Broadcast(0)));
                }
                _losses[r] = (float)(weight * row / width);
            }
        }
    }

    internal readonly ref struct ElementwiseGradientKernel<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, TLoss loss)
        : ISimdKernel where TLoss : struct, ILoss
    {
        private readonly ReadOnlySpan<float> _predictions = predictions;
        private readonly ReadOnlySpan<float> _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _gradient = gradient;
        private readonly int _width = width;
        private readonly TLoss _loss = loss;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            TLoss loss = _loss;
            int width = _width;
            for (int r = 0; r < _weights.Length; r++)
            {
                float weight = _weights[r];
                if (weight == 0)
                {
                    _gradient.Slice(r * width, width).Clear();
                    continue;
                }
                V scale = V.Broadcast(weight / width);
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_predictions), r * width);
                ref float t = ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets), r * width);
                ref float g = ref Unsafe.Add(ref MemoryMarshal.GetReference(_gradient), r * width);
                int i = 0;
                for (; i <= width - 16; i += 16)
                {
                    V.Store(scale * loss.Gradient(V.Load(ref Unsafe.Add(ref x, i)), V.Load(ref Unsafe.Add(ref t, i))), ref Unsafe.Add(ref g, i));
                }
                if (i == width) continue;
                V last = loss.Gradient(V.LoadPartial(ref Unsafe.Add(ref x, i), width - i), V.LoadPartial(ref Unsafe.Add(ref t, i), width - i));
                V.StorePartial(scale * last, ref Unsafe.Add(ref g, i), width - i);
            }
        }
    }
}
