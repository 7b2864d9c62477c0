using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

public static partial class Loss
{
    /// <summary>
    /// <c>losses[r] = w_r sum_j p_j (ln sum_k e^x_k - x_j)</c>: the cross-entropy of the row's softmax; p is 1 at the right class and 0 elsewhere where the
    /// targets are classes.
    /// </summary>
    /// <param name="logits"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>p</c>, or the right classes.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="losses"><c>[rows]</c>.</param>
    /// <param name="width">Number of classes.</param>
    public static void SoftmaxCrossEntropy(ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> losses, int width)
    {
        Debug.Assert(logits.Length == weights.Length * width && targets.Rows.Length == logits.Length && losses.Length == weights.Length);
        if (width <= SixteenRows.MaxWidth) Simd.Run(new NarrowCrossEntropyKernel(logits, targets, weights, losses, width));
        else Simd.Run(new CrossEntropyKernel(logits, targets, weights, losses, width));
    }

    /// <summary>The gradient of the mean loss by the logits, <c>w_r (softmax(x)_j sum_k p_k - p_j)</c>; it may overwrite them.</summary>
    /// <param name="logits"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets"><c>p</c>, or the right classes.</param>
    /// <param name="weights"><c>w</c>, <c>[rows]</c>.</param>
    /// <param name="gradient"><c>[rows, width]</c>.</param>
    /// <param name="width">Number of classes.</param>
    public static void SoftmaxCrossEntropyGradient(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> gradient, int width)
    {
        Debug.Assert(logits.Length == weights.Length * width && targets.Rows.Length == logits.Length && gradient.Length == logits.Length);
        if (width <= SixteenRows.MaxWidth) Simd.Run(new NarrowCrossEntropyGradientKernel(logits, targets, weights, gradient, width));
        else Simd.Run(new CrossEntropyGradientKernel(logits, targets, weights, gradient, width));
    }

    internal readonly ref struct CrossEntropyKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> losses, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _losses = losses;
        private readonly int _width = width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _width;
            for (int r = 0; r < _weights.Length; r++)
            {
                float weight = _weights[r];
                if (weight == 0)
                {
                    _losses[r] = 0;
                    continue;
                }
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_logits), r * width);
                float max = Softmax.Max<V>(ref x, width);
                float logSum = Softmax.LogSum<V>(ref x, width, max);
                float row = _targets.AreClasses
                    ? max - _logits.Slice(r * width, width)[_targets.Class(r, width)] + logSum
                    : Expected<V>(ref x, ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets.Rows), r * width), width, max, logSum);
                _losses[r] = weight * row;
            }
        }

        // sum_j p_j (max - x_j + logSum); lanes beyond the row have p = 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Expected<V>(ref float x, ref float p, int count, float max, float logSum) where V : struct, IVector16<V>
        {
            V top = V.Broadcast(max), log = V.Broadcast(logSum), sum = V.Broadcast(0);
            int i = 0;
            for (; i <= count - 16; i += 16)
            {
                sum = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref p, i)), top - V.Load(ref Unsafe.Add(ref x, i)) + log, sum);
            }
            if (i < count)
            {
                sum = V.MultiplyAdd(V.LoadPartial(ref Unsafe.Add(ref p, i), count - i), top - V.LoadPartial(ref Unsafe.Add(ref x, i), count - i) + log, sum);
            }
            return (float)V.SumLanesInDouble(sum);
        }
    }

    internal readonly ref struct CrossEntropyGradientKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> gradient, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _gradient = gradient;
        private readonly int _width = width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _width;
            for (int r = 0; r < _weights.Length; r++)
            {
                Span<float> gradient = _gradient.Slice(r * width, width);
                float weight = _weights[r];
                if (weight == 0)
                {
                    gradient.Clear();
                    continue;
                }
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_logits), r * width);
                ref float g = ref MemoryMarshal.GetReference(gradient);
                float sum = Softmax.Exponentials<V>(ref x, ref g, width, Softmax.Max<V>(ref x, width));
                if (_targets.AreClasses)
                {
                    int label = _targets.Class(r, width);
                    // y - 1 is minus what the other classes have. Summed without the right one, it keeps its digits when y is near 1.
                    float power = gradient[label];
                    gradient[label] = 0;
                    float others = Sum<V>(ref g, width);
                    sum = others + power;
                    Subtract<V>(ref g, ref Unsafe.NullRef<float>(), width, weight / sum, weight);
                    gradient[label] = -weight * others / sum;
                }
                else
                {
                    ref float p = ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets.Rows), r * width);
                    Subtract<V>(ref g, ref p, width, weight * Sum<V>(ref p, width) / sum, weight);
                }
            }
        }

        // g = e * normalise - p * scale; no p is 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Subtract<V>(ref float g, ref float p, int count, float normalise, float scale) where V : struct, IVector16<V>
        {
            bool classes = Unsafe.IsNullRef(ref p);
            V n = V.Broadcast(normalise), s = V.Broadcast(scale);
            int i = 0;
            for (; i <= count - 16; i += 16)
            {
                V y = V.Load(ref Unsafe.Add(ref g, i)) * n;
                V.Store(classes ? y : y - V.Load(ref Unsafe.Add(ref p, i)) * s, ref Unsafe.Add(ref g, i));
            }
            if (i == count) return;
            V last = V.LoadPartial(ref Unsafe.Add(ref g, i), count - i) * n;
            V.StorePartial(classes ? last : last - V.LoadPartial(ref Unsafe.Add(ref p, i), count - i) * s, ref Unsafe.Add(ref g, i), count - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Sum<V>(ref float p, int count) where V : struct, IVector16<V>
        {
            V sum = V.Broadcast(0);
            int i = 0;
            for (; i <= count - 16; i += 16) sum += V.Load(ref Unsafe.Add(ref p, i));
            if (i < count) sum += V.LoadPartial(ref Unsafe.Add(ref p, i), count - i);
            return V.SumLanes(sum);
        }
    }
}
