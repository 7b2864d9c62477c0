using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Losses over a batch and their gradients. A row is <c>width</c> predicted elements and has a weight; the loss is the weighted mean. Sums are in double.
/// A row of weight 0 is not read: it adds exactly 0 to the loss and to the gradient, whatever it holds. The weights are not all 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Loss
{
    /// <summary><c>sum_r w_r sum_j l(x_rj, t_rj) / (width * sum_r w_r)</c>.</summary>
    /// <param name="predictions"><c>[rows, width]</c>.</param>
    /// <param name="targets"><c>[rows, width]</c>.</param>
    /// <param name="weights"><c>[rows]</c>.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="loss">The loss of one element.</param>
    public static float Mean<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, int width, TLoss loss)
        where TLoss : struct, ILoss
    {
        Debug.Assert(predictions.Length == weights.Length * width && targets.Length == predictions.Length);
        double total = 0;
        Simd.Run(new MeanKernel<TLoss>(predictions, targets, weights, width, loss, ref total));
        return (float)(total / (width * Total(weights)));
    }

    /// <summary>The gradient of <see cref="Mean"/> by the predictions, <c>w_r l'(x_rj, t_rj) / (width * sum_r w_r)</c>.</summary>
    /// <inheritdoc cref="Mean"/>
    public static void MeanGradient<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, TLoss loss)
        where TLoss : struct, ILoss
    {
        Debug.Assert(predictions.Length == weights.Length * width && targets.Length == predictions.Length && gradient.Length == predictions.Length);
        Simd.Run(new MeanGradientKernel<TLoss>(predictions, targets, weights, gradient, width, loss, 1 / (width * Total(weights))));
    }

    /// <summary>The sum of the weights, in double.</summary>
    internal static double Total(ReadOnlySpan<float> weights)
    {
        double total = 0;
        foreach (float weight in weights) total += weight;
        Debug.Assert(total > 0);
        return total;
    }

    internal readonly ref struct MeanKernel<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, int width, TLoss loss, ref double total)
        : ISimdKernel where TLoss : struct, ILoss
    {
        private readonly ReadOnlySpan<float> _predictions = predictions;
        private readonly ReadOnlySpan<float> _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly int _width = width;
        private readonly TLoss _loss = loss;
        private readonly ref double _total = ref total;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            TLoss loss = _loss;
            int width = _width;
            double total = 0;
            for (int r = 0; r < _weights.Length; r++)
            {
                float weight = _weights[r];
                if (weight == 0) continue;
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
                total += weight * row;
            }
            _total = total;
        }
    }

    internal readonly ref struct MeanGradientKernel<TLoss>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, TLoss loss, double scale)
        : ISimdKernel where TLoss : struct, ILoss
    {
        private readonly ReadOnlySpan<float> _predictions = predictions;
        private readonly ReadOnlySpan<float> _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _gradient = gradient;
        private readonly int _width = width;
        private readonly TLoss _loss = loss;
        private readonly double _scale = scale;

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
                V scale = V.Broadcast((float)(weight * _scale));
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
