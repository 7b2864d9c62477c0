using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Normalises each channel: <c>y = weight (x - mean) / sqrt(variance + epsilon) + bias</c>, and the gradients of it. Images are channels last: rows of <c>channels</c>
/// floats, one a pixel.
/// </summary>
/// <remarks>
/// Moments are sets of <c>[3, channels]</c>: mean, variance and <c>r = 1 / sqrt(variance + epsilon)</c>; one set for the whole batch, or one a sample. A weight or bias
/// that is left out is 1 or 0.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ChannelNorm
{
    /// <summary>Floats that stay in the first-level cache while one column of vectors after the other is done.</summary>
    private const int BlockFloats = 4096;

    /// <summary><c>y = weight (x - mean) r + bias</c>; y may be x.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="moments"><c>[3, channels]</c>, or that for each sample.</param>
    /// <param name="weight"><c>[channels]</c>, or empty for 1.</param>
    /// <param name="bias"><c>[channels]</c>, or empty for 0.</param>
    /// <param name="y">Like x.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int channels)
    {
        Debug.Assert(x.Length == y.Length && x.Length % channels == 0 && moments.Length % (3 * channels) == 0);
        if (x.IsEmpty) return;
        int floats = x.Length / (moments.Length / (3 * channels));
        int together = FewChannels.PixelsTogether(channels, floats / channels), wide = together * channels, whole = floats / wide * wide;
        Span<float> memory = stackalloc float[together == 1 ? 0 : 4 * FewChannels.MaxFloats];
        for (int start = 0; start < x.Length; start += floats, moments = moments[(3 * channels)..])
        {
            ReadOnlySpan<float> mean = moments[..channels], r = moments.Slice(2 * channels, channels);
            Span<float> free = memory;
            Simd.Run(new ForwardKernel(
                x.Slice(start, whole), FewChannels.Repeat(mean, together, ref free), FewChannels.Repeat(r, together, ref free),
                FewChannels.Repeat(weight, together, ref free), FewChannels.Repeat(bias, together, ref free), y.Slice(start, whole), wide));
            (int rest, int left) = (start + whole, floats - whole);
            if (left > 0) Simd.Run(new ForwardKernel(x.Slice(rest, left), mean, r, weight, bias, y.Slice(rest, left), channels));
        }
    }

    /// <summary><c>y = scale x + shift</c>; y may be x.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="folded"><c>[2, channels]</c>: scale, shift, as <see cref="Fold"/> gives them.</param>
    /// <param name="y">Like x.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void ScaleShift(ReadOnlySpan<float> x, ReadOnlySpan<float> folded, Span<float> y, int channels)
    {
        Debug.Assert(x.Length == y.Length && x.Length % channels == 0 && folded.Length == 2 * channels);
        ReadOnlySpan<float> scale = folded[..channels], shift = folded[channels..];
        int together = FewChannels.PixelsTogether(channels, x.Length / channels), wide = together * channels, whole = x.Length / wide * wide;
        Span<float> free = stackalloc float[together == 1 ? 0 : 2 * FewChannels.MaxFloats];
        Simd.Run(new ScaleShiftKernel(x[..whole], FewChannels.Repeat(scale, together, ref free), FewChannels.Repeat(shift, together, ref free), y[..whole]));
        if (whole < x.Length) Simd.Run(new ScaleShiftKernel(x[whole..], scale, shift, y[whole..]));
    }

    /// <summary>
    /// What normalising with fixed moments is: <c>scale = weight / sqrt(variance + epsilon)</c>, <c>shift = bias - mean scale</c>, and more by
    /// <c>before scale</c> where a bias is added before it.
    /// </summary>
    /// <param name="weight"><c>[channels]</c>.</param>
    /// <param name="bias"><c>[channels]</c>.</param>
    /// <param name="mean"><c>[channels]</c>.</param>
    /// <param name="variance"><c>[channels]</c>.</param>
    /// <param name="before"><c>[channels]</c>, or empty for 0.</param>
    /// <param name="folded"><c>[2, channels]</c>: scale, shift.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static void Fold(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, ReadOnlySpan<float> before, Span<float> folded, float epsilon)
    {
        Debug.Assert(folded.Length == 2 * weight.Length && mean.Length == weight.Length && variance.Length == weight.Length && bias.Length == weight.Length);
        Debug.Assert(before.IsEmpty || before.Length == weight.Length);
        Simd.Run(new FoldKernel(weight, bias, mean, variance, before, folded, epsilon));
    }

    /// <summary><c>running += momentum (mean - running)</c>.</summary>
    /// <param name="moments"><c>[3, channels]</c> of a batch.</param>
    /// <param name="running"><c>[channels]</c>.</param>
    /// <param name="momentum">How much the batch counts.</param>
    public static void UpdateMean(ReadOnlySpan<float> moments, Span<float> running, float momentum)
    {
        for (int c = 0; c < running.Length; c++) running[c] = (1 - momentum) * running[c] + momentum * moments[c];
    }

    /// <summary><c>running += momentum (variance n / (n - 1) - running)</c>; one value says nothing of a variance and changes nothing.</summary>
    /// <param name="moments"><c>[3, channels]</c> of a batch.</param>
    /// <param name="running"><c>[channels]</c>.</param>
    /// <param name="momentum">How much the batch counts.</param>
    /// <param name="count">Values of a channel, n: pixels of all samples.</param>
    public static void UpdateVariance(ReadOnlySpan<float> moments, Span<float> running, float momentum, int count)
    {
        if (count == 1) return;
        float unbiased = momentum * ((float)count / (count - 1));
        ReadOnlySpan<float> variance = moments.Slice(running.Length, running.Length);
        for (int c = 0; c < running.Length; c++) running[c] = (1 - momentum) * running[c] + unbiased * variance[c];
    }

    private static int BlockRows(int channels) => Math.Max(8, BlockFloats / channels);

    internal readonly ref struct ForwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> r, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int channels) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _mean = mean;
        private readonly ReadOnlySpan<float> _r = r;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly Span<float> _y = y;
        private readonly int _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _channels, rows = _y.Length / channels, block = BlockRows(channels);
            for (int first = 0; first < rows; first += block)
            {
                int count = Math.Min(block, rows - first), c = 0;
                for (; c <= channels - 16; c += 16) Column<V>(first * channels + c, c, count, 16);
                if (c < channels) Column<V>(first * channels + c, c, count, channels - c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int start, int c, int rows, int width) where V : struct, IVector16<V>
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
            ref float y = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), start);
            V mean = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_mean), c), width);
            V scale = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_r), c), width);
            if (!_weight.IsEmpty) scale *= UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_weight), c), width);
            V bias = _bias.IsEmpty ? V.Broadcast(0) : UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bias), c), width);
            int stride = _channels;
            for (int r = 0; r < rows; r++)
            {
                UpTo16.Store(V.MultiplyAdd(UpTo16.Load<V>(ref x, width) - mean, scale, bias), ref y, width);
                x = ref Unsafe.Add(ref x, stride);
                y = ref Unsafe.Add(ref y, stride);
            }
        }
    }

    internal readonly ref struct ScaleShiftKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _scale = scale;
        private readonly ReadOnlySpan<float> _shift = shift;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _scale.Length, rows = _y.Length / channels, block = BlockRows(channels);
            for (int first = 0; first < rows; first += block)
            {
                int count = Math.Min(block, rows - first), c = 0;
                for (; c <= channels - 16; c += 16) Column<V>(first * channels + c, c, count, 16);
                if (c < channels) Column<V>(first * channels + c, c, count, channels - c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int start, int c, int rows, int width) where V : struct, IVector16<V>
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
            ref float y = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), start);
            V scale = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_scale), c), width);
            V shift = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_shift), c), width);
            int stride = _scale.Length;
            for (int r = 0; r < rows; r++)
            {
                UpTo16.Store(V.MultiplyAdd(UpTo16.Load<V>(ref x, width), scale, shift), ref y, width);
                x = ref Unsafe.Add(ref x, stride);
                y = ref Unsafe.Add(ref y, stride);
            }
        }
    }

    internal readonly ref struct FoldKernel(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, ReadOnlySpan<float> before, Span<float> folded, float epsilon)
        : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _bias = bias;
        private readonly ReadOnlySpan<float> _mean = mean;
        private readonly ReadOnlySpan<float> _variance = variance;
        private readonly ReadOnlySpan<float> _before = before;
        private readonly Span<float> _folded = folded;
        private readonly float _epsilon = epsilon;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _weight.Length;
            for (int c = 0; c < channels; c += 16)
            {
                int width = Math.Min(16, channels - c);
                V variance = V.LoadPartial(ref Unsafe.Add(ref MemoryMarshal.GetReference(_variance), c), width);
                V scale = V.LoadPartial(ref Unsafe.Add(ref MemoryMarshal.GetReference(_weight), c), width) / V.Sqrt(variance + V.Broadcast(_epsilon));
                V mean = V.LoadPartial(ref Unsafe.Add(ref MemoryMarshal.GetReference(_mean), c), width);
                if (!_before.IsEmpty) mean -= V.LoadPartial(ref Unsafe.Add(ref MemoryMarshal.GetReference(_before), c), width);
                V shift = V.LoadPartial(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bias), c), width) - mean * scale;
                ref float folded = ref Unsafe.Add(ref MemoryMarshal.GetReference(_folded), c);
                V.StorePartial(scale, ref folded, width);
                V.StorePartial(shift, ref Unsafe.Add(ref folded, channels), width);
            }
        }
    }
}
