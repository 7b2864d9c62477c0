using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>Rows of few classes: sixteen rows at a time, one a lane. Lanes without a row are computed and dropped.</content>
public static partial class Loss
{
    internal readonly ref struct NarrowCrossEntropyKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> losses, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _losses = losses;
        private readonly int _width = width;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run<V>() where V : struct, IVector16<V>
        {
            float* x = stackalloc float[SixteenRows.Size], p = stackalloc float[SixteenRows.Size];
            int width = _width, rows = _weights.Length;
            bool classes = _targets.AreClasses;
            fixed (float* logits = _logits, targets = _targets.Rows, weights = _weights, losses = _losses)
            {
                for (int r = 0; r < rows; r += 16)
                {
                    int count = Math.Min(16, rows - r);
                    SixteenRows.Load(logits + r * width, x, count, width);
                    if (classes) Labels(targets + r * width, p, count, width);
                    else SixteenRows.Load(targets + r * width, p, count, width);

                    V zero = V.Broadcast(0), one = V.Broadcast(1), half = V.Broadcast(0.5f);
                    V top = Top<V>(x, width);
                    // The largest logit's 1 is not added: it would round away what the others say when the network is sure, and the loss is log(1 + others).
                    V others = zero, tops = -one;
                    for (int j = 0; j < width; j++)
                    {
                        V column = V.Load(ref x[16 * j]);
                        V power = VectorMath.Exp(column - top);
                        others += V.SelectGreater(top, column, power, zero);
                        tops += V.SelectGreater(top, column, zero, power);
                    }
                    V log = VectorMath.LogOnePlus(others + tops);

                    // sum_j p_j (max - x_j + log).
                    V loss = zero, label = V.Load(ref *p), index = zero;
                    for (int j = 0; j < width; j++)
                    {
                        V surprise = top - V.Load(ref x[16 * j]) + log;
                        loss = classes ? V.SelectGreater(half, V.Abs(label - index), surprise, loss) : V.MultiplyAdd(V.Load(ref p[16 * j]), surprise, loss);
                        index += one;
                    }
                    V weight = V.LoadPartial(ref weights[r], count);
                    V.StorePartial(V.SelectGreater(weight, zero, weight * loss, zero), ref losses[r], count);
                }
            }
        }
    }

    internal readonly ref struct NarrowCrossEntropyGradientKernel(
        ReadOnlySpan<float> logits, LossTargets targets, ReadOnlySpan<float> weights, Span<float> gradient, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly LossTargets _targets = targets;
        private readonly ReadOnlySpan<float> _weights = weights;
        private readonly Span<float> _gradient = gradient;
        private readonly int _width = width;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run<V>() where V : struct, IVector16<V>
        {
            float* x = stackalloc float[SixteenRows.Size], p = stackalloc float[SixteenRows.Size];
            int width = _width, rows = _weights.Length;
            bool classes = _targets.AreClasses;
            fixed (float* logits = _logits, targets = _targets.Rows, weights = _weights, gradient = _gradient)
            {
                for (int r = 0; r < rows; r += 16)
                {
                    int count = Math.Min(16, rows - r);
                    SixteenRows.Load(logits + r * width, x, count, width);
                    if (classes) Labels(targets + r * width, p, count, width);
                    else SixteenRows.Load(targets + r * width, p, count, width);

                    V zero = V.Broadcast(0), one = V.Broadcast(1), half = V.Broadcast(0.5f);
                    V weight = V.LoadPartial(ref weights[r], count);
                    V top = Top<V>(x, width);
                    V label = V.Load(ref *p), index = zero;
                    V right = zero, others = zero, mass = zero;
                    for (int j = 0; j < width; j++)
                    {
                        V power = VectorMath.Exp(V.Load(ref x[16 * j]) - top);
                        V.Store(power, ref x[16 * j]);
                        if (classes)
                        {
                            V distance = V.Abs(label - index);
                            right = V.SelectGreater(half, distance, power, right);
                            others += V.SelectGreater(half, distance, zero, power);
                            index += one;
                        }
                        else
                        {
                            others += power;
                            mass += V.Load(ref p[16 * j]);
                        }
                    }
                    V scale = weight / (others + right);
                    // y - 1 is minus what the other classes have. Summed without the right one, it keeps its digits when y is near 1.
                    V ofRight = -(others * scale);
                    scale = classes ? scale : scale * mass;
                    index = zero;
                    for (int j = 0; j < width; j++)
                    {
                        V share = V.Load(ref x[16 * j]) * scale;
                        V g = classes ? V.SelectGreater(half, V.Abs(label - index), ofRight, share) : share - V.Load(ref p[16 * j]) * weight;
                        V.Store(V.SelectGreater(weight, zero, g, zero), ref x[16 * j]);
                        index += one;
                    }
                    SixteenRows.Store(x, gradient + r * width, count, width);
                }
            }
        }
    }

    /// <summary>The right classes of up to 16 rows as floats, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Labels(float* targets, float* labels, int count, int width)
    {
        for (int r = 0; r < count; r++) labels[r] = BitConverter.SingleToInt32Bits(targets[r * width]);
        for (int r = count; r < 16; r++) labels[r] = 0;
    }

    /// <summary>The largest of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe V Top<V>(float* columns, int width) where V : struct, IVector16<V>
    {
        V top = V.Load(ref *columns);
        for (int j = 1; j < width; j++) top = V.Max(top, V.Load(ref columns[16 * j]));
        return top;
    }
}
