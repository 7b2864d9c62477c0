using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>The gradients.</content>
public static partial class ChannelNorm
{
    /// <summary>Rows whose sums are added before those of others, so that rounding errors do not grow with the number of rows.</summary>
    private const int LargestSumBlock = 128;

    /// <summary>Of each sample and channel the sum of <c>dy</c> and of <c>dy n</c>, <c>n = (x - mean) r</c> being the normalised value.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="moments"><c>[3, channels]</c>, or that for each sample.</param>
    /// <param name="dy">Like x.</param>
    /// <param name="sums"><c>[samples, 2, channels]</c>.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void GradientSums(ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> dy, Span<float> sums, int pixels, int channels)
    {
        Debug.Assert(x.Length == dy.Length && sums.Length % (2 * channels) == 0 && x.Length == sums.Length / 2 * pixels);
        Debug.Assert(moments.Length == 3 * channels || moments.Length == sums.Length / 2 * 3);
        Simd.Run(new SumsKernel(x, moments, dy, sums, pixels, channels));
    }

    /// <summary>
    /// <c>dx = weight r (dy - s / count - n t / count)</c>, s and t being the sums of <c>dy</c> and of <c>dy n</c> over all that was normalised together. dx may be dy or x.
    /// </summary>
    /// <param name="dy"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="x">Like dy.</param>
    /// <param name="moments"><c>[3, channels]</c>.</param>
    /// <param name="weight"><c>[channels]</c>.</param>
    /// <param name="sums"><c>[2, channels]</c>: s, t.</param>
    /// <param name="dx">Like dy.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="count">Values of a channel that were normalised together.</param>
    public static void InputGradient(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> sums, Span<float> dx, int channels, int count)
    {
        Debug.Assert(dy.Length == x.Length && dx.Length == x.Length && x.Length % channels == 0);
        Debug.Assert(moments.Length == 3 * channels && sums.Length == 2 * channels && weight.Length == channels);
        ReadOnlySpan<float> mean = moments[..channels], r = moments[(2 * channels)..], ofDy = sums[..channels], ofProduct = sums[channels..];
        int together = FewChannels.PixelsTogether(channels, x.Length / channels), wide = together * channels, whole = x.Length / wide * wide;
        Span<float> free = stackalloc float[together == 1 ? 0 : 5 * FewChannels.MaxFloats];
        Simd.Run(new InputKernel(
            dy[..whole], x[..whole], FewChannels.Repeat(mean, together, ref free), FewChannels.Repeat(r, together, ref free), FewChannels.Repeat(weight, together, ref free),
            FewChannels.Repeat(ofDy, together, ref free), FewChannels.Repeat(ofProduct, together, ref free), dx[..whole], 1f / count, weightsSums: true));
        if (whole < x.Length) Simd.Run(new InputKernel(dy[whole..], x[whole..], mean, r, weight, ofDy, ofProduct, dx[whole..], 1f / count, weightsSums: true));
    }

    internal readonly ref struct SumsKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> dy, Span<float> sums, int pixels, int channels) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _moments = moments;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _sums = sums;
        private readonly int _pixels = pixels;
        private readonly int _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int pixels = _pixels, channels = _channels, block = Math.Min(BlockRows(channels), LargestSumBlock);
            int samples = _sums.Length / (2 * channels), setStride = _moments.Length == 3 * channels ? 0 : 3 * channels;
            _sums.Clear();
            for (int sample = 0; sample < samples; sample++)
            {
                ref float moments = ref Unsafe.Add(ref MemoryMarshal.GetReference(_moments), sample * setStride);
                ref float sums = ref Unsafe.Add(ref MemoryMarshal.GetReference(_sums), sample * 2 * channels);
                for (int first = 0; first < pixels; first += block)
                {
                    int rows = Math.Min(block, pixels - first), start = (sample * pixels + first) * channels, c = 0;
                    for (; c <= channels - 16; c += 16) Column<V>(start + c, rows, 16, ref Unsafe.Add(ref moments, c), ref Unsafe.Add(ref sums, c));
                    if (c < channels) Column<V>(start + c, rows, channels - c, ref Unsafe.Add(ref moments, c), ref Unsafe.Add(ref sums, c));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int start, int rows, int width, ref float moments, ref float sums) where V : struct, IVector16<V>
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
            ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), start);
            int stride = _channels, r = 0;
            V mean = UpTo16.Load<V>(ref moments, width);
            V sum = V.Broadcast(0), product = sum, sum2 = sum, product2 = sum;
            // Two rows at a time, because each sum waits for the one before.
            for (; r <= rows - 2; r += 2)
            {
                V d = UpTo16.Load<V>(ref dy, width), d2 = UpTo16.Load<V>(ref Unsafe.Add(ref dy, stride), width);
                sum += d;
                sum2 += d2;
                product = V.MultiplyAdd(d, UpTo16.Load<V>(ref x, width) - mean, product);
                product2 = V.MultiplyAdd(d2, UpTo16.Load<V>(ref Unsafe.Add(ref x, stride), width) - mean, product2);
                x = ref Unsafe.Add(ref x, 2 * stride);
                dy = ref Unsafe.Add(ref dy, 2 * stride);
            }
            if (r < rows)
            {
                V d = UpTo16.Load<V>(ref dy, width);
                sum += d;
                product = V.MultiplyAdd(d, UpTo16.Load<V>(ref x, width) - mean, product);
            }
            ref float products = ref Unsafe.Add(ref sums, stride);
            UpTo16.Store(UpTo16.Load<V>(ref sums, width) + (sum + sum2), ref sums, width);
            V scale = UpTo16.Load<V>(ref Unsafe.Add(ref moments, 2 * stride), width);
            UpTo16.Store(V.MultiplyAdd(product + product2, scale, UpTo16.Load<V>(ref products, width)), ref products, width);
        }
    }

    /// <summary>The sums are of dy, which the weight still multiplies, or of <c>weight dy</c>.</summary>
    internal readonly ref struct InputKernel(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> r, ReadOnlySpan<float> weight, ReadOnlySpan<float> ofDy,
        ReadOnlySpan<float> ofProduct, Span<float> dx, float share, bool weightsSums) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _mean = mean;
        private readonly ReadOnlySpan<float> _r = r;
        private readonly ReadOnlySpan<float> _weight = weight;
        private readonly ReadOnlySpan<float> _ofDy = ofDy;
        private readonly ReadOnlySpan<float> _ofProduct = ofProduct;
        private readonly Span<float> _dx = dx;
        private readonly float _share = share;
        private readonly bool _weightsSums = weightsSums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _mean.Length, rows = _dx.Length / channels, block = BlockRows(channels);
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
            ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), start);
            ref float dx = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), start);
            V mean = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_mean), c), width);
            V r = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_r), c), width);
            V scale = _weight.IsEmpty ? r : r * UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_weight), c), width);
            V share = V.Broadcast(_share) * (_weightsSums ? scale : r);
            V constant = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_ofDy), c), width) * share;
            V slope = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_ofProduct), c), width) * share * r;
            int stride = _mean.Length;
            for (int row = 0; row < rows; row++)
            {
                V centred = UpTo16.Load<V>(ref x, width) - mean;
                UpTo16.Store(UpTo16.Load<V>(ref dy, width) * scale - constant - centred * slope, ref dx, width);
                x = ref Unsafe.Add(ref x, stride);
                dy = ref Unsafe.Add(ref dy, stride);
                dx = ref Unsafe.Add(ref dx, stride);
            }
        }
    }
}
