using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

public static partial class Loss
{
    /// <summary>
    /// <c>sum_r w_r l_r / sum_r w_r</c> with the cross-entropy of the row's softmax <c>l = sum_j p_j (ln sum_k e^x_k - x_j)</c>; p is 1 at the right class
    /// and 0 elsewhere where the targets are classes.
    /// </summary>
    /// <param name="logits"><c>x</c>, <c>[rows, width]</c>.</param>
    /// <param name="targets">Classes <c>[rows]</c> or probabilities <c>[rows, width]</c>.</param>
    /// <param name="weights"><c>[rows]</c>.</param>
    /// <param name="width">Number of classes.</param>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, int width)
    {
        AssertShapes(logits, targets, weights, width);
        double total = 0;
        Simd.Run(new CrossEntropyKernel(logits, targets, weights, width, ref total));
        return (float)(total / Total(weights));
    }

    /// <summary>
    /// The gradient of <see cref="SoftmaxCrossEntropy"/> by the logits, <c>w_r (softmax(x)_j sum_k p_k - p_j) / sum_r w_r</c>; it may overwrite the logits.
    /// </summary>
    /// <inheritdoc cref="SoftmaxCrossEntropy"/>
    public static void SoftmaxCrossEntropyGradient(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> gradient, int width)
    {
        AssertShapes(logits, targets, weights, width);
        Debug.Assert(gradient.Length == logits.Length);
        Simd.Run(new CrossEntropyGradientKernel(logits, targets, weights, gradient, width, 1 / Total(weights)));
    }

    [Conditional("DEBUG")]
    private static void AssertShapes(ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, int width)
    {
        Debug.Assert(logits.Length == weights.Length * width);
        Debug.Assert(targets.Classes.Length == weights.Length || targets.Probabilities.Length == logits.Length);
    }

    internal readonly ref struct CrossEntropyKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, int width, ref double total) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly int _width = width;
        private readonly ref double _total = ref total;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _width;
            double total = 0;
            for (int r = 0; r < _weights.Length; r++)
            {
                float weight = _weights[r];
                if (weight == 0) continue;
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_logits), r * width);
                float max = Softmax.Max<V>(ref x, width);
                double logSum = Math.Log(SumOfExponentials<V>(ref x, width, max));
                double row = _targets.Probabilities.IsEmpty
                    ? max - (double)_logits.Slice(r * width, width)[_targets.Classes[r]] + logSum
                    : Expected<V>(ref x, ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets.Probabilities), r * width), width, max, (float)logSum);
                total += weight * row;
            }
            _total = total;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double SumOfExponentials<V>(ref float x, int count, float max) where V : struct, IVector16<V>
        {
            double sum = 0;
            int i = 0;
            for (; i <= count - 16; i += 16) sum += SumOfExponentials(V.Load(ref Unsafe.Add(ref x, i)), 16, max);
            return i == count ? sum : sum + SumOfExponentials(V.LoadPartial(ref Unsafe.Add(ref x, i), count - i), count - i, max);
        }

        // The largest logit's 1 is added in double: in float it would round away what the others say when the network is sure, and the loss is log(1 + others).
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double SumOfExponentials<V>(V x, int count, float max) where V : struct, IVector16<V>
        {
            V top = V.Broadcast(max), zero = V.Broadcast(0);
            V power = V.SelectFirst(count, VectorMath.Exp(x - top), zero);
            return (double)V.SumLanes(V.SelectGreater(top, x, zero, power)) + V.SumLanes(V.SelectGreater(top, x, power, zero));
        }

        // sum_j p_j (max - x_j + logSum); lanes beyond the row have p = 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static double Expected<V>(ref float x, ref float p, int count, float max, float logSum) where V : struct, IVector16<V>
        {
            V top = V.Broadcast(max), log = V.Broadcast(logSum);
            double sum = 0;
            int i = 0;
            for (; i <= count - 16; i += 16)
            {
                sum += V.SumLanes(V.Load(ref Unsafe.Add(ref p, i)) * (top - V.Load(ref Unsafe.Add(ref x, i)) + log));
            }
            if (i == count) return sum;
            return sum + V.SumLanes(V.LoadPartial(ref Unsafe.Add(ref p, i), count - i) * (top - V.LoadPartial(ref Unsafe.Add(ref x, i), count - i) + log));
        }
    }

    internal readonly ref struct CrossEntropyGradientKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> gradient, int width, double scale) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _gradient = gradient;
        private readonly int _width = width;
        private readonly double _scale = scale;

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
                float scale = (float)(weight * _scale);
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_logits), r * width);
                ref float g = ref MemoryMarshal.GetReference(gradient);
                float sum = Softmax.Exponentials<V>(ref x, ref g, width, Softmax.Max<V>(ref x, width));
                if (_targets.Probabilities.IsEmpty)
                {
                    int label = _targets.Classes[r];
                    // y - 1 is minus what the other classes have. Summed without the right one, it keeps its digits when y is near 1.
                    float power = gradient[label];
                    gradient[label] = 0;
                    float others = Sum<V>(ref g, width);
                    sum = others + power;
                    Subtract<V>(ref g, ref Unsafe.NullRef<float>(), width, scale / sum, scale);
                    gradient[label] = -scale * others / sum;
                }
                else
                {
                    ref float p = ref Unsafe.Add(ref MemoryMarshal.GetReference(_targets.Probabilities), r * width);
                    Subtract<V>(ref g, ref p, width, scale * Sum<V>(ref p, width) / sum, scale);
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
