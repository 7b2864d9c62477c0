using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Means and variances of channels. Images are channels last: rows of <c>channels</c> floats, one a pixel.</summary>
/// <remarks>
/// One pass reads everything: rows are taken in blocks, and of each block the sums of <c>d = x - K</c> and of its square are added to what is known of the rows before,
/// K being their mean: <c>mean += sum(d) / n</c>, <c>M += sum(d²) - sum(d)² / n</c> with n rows so far. K is so near the values that the difference of the two sums keeps
/// its digits, however large the mean is beside the deviations.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Moments
{
    /// <summary>Rows of a block: rounding errors grow with the number of blocks, not of rows.</summary>
    private const int LargestBlock = 64;

    /// <summary>Floats that stay in the first-level cache while one column of vectors after the other is read.</summary>
    private const int BlockFloats = 4096;

    /// <summary>Of each sample and channel the mean and the sum of squared deviations, <c>M_c = sum over p of (x_pc - mean_c)²</c>.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="moments"><c>[samples, 2, channels]</c>: mean, M.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void OfSamples(ReadOnlySpan<float> x, Span<float> moments, int pixels, int channels)
    {
        Debug.Assert(moments.Length % (2 * channels) == 0 && x.Length == moments.Length / 2 * pixels);
        Simd.Run(new SamplesKernel(x, moments, pixels, channels));
    }

    /// <summary>Of each channel the mean, the variance <c>M / n</c> and <c>1 / sqrt(variance + epsilon)</c> over a batch.</summary>
    /// <param name="samples"><c>[samples, 2, channels]</c> as <see cref="OfSamples"/> gives it; where a sample is one pixel, the samples themselves.</param>
    /// <param name="moments"><c>[3, channels]</c>.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="worker">Computes its channels.</param>
    public static void OfBatch(ReadOnlySpan<float> samples, Span<float> moments, int pixels, int channels, float epsilon, Worker worker)
    {
        int stride = pixels == 1 ? channels : 2 * channels;
        Debug.Assert(moments.Length == 3 * channels && samples.Length % stride == 0);
        Part part = worker.Part(channels, unit: 16);
        if (part.Count > 0) Simd.Run(new BatchKernel(samples, moments, stride, pixels, epsilon, part));
    }

    /// <summary>Rows of a block.</summary>
    private static int BlockRows(int channels) => Math.Clamp(BlockFloats / channels, 8, LargestBlock);

    /// <summary>Adds a block of rows to the mean and the sum of squared deviations of the rows before it.</summary>
    /// <param name="x">The first row's element.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="width">Channels, 1 to 16.</param>
    /// <param name="known">Rows up to the end of this block.</param>
    /// <param name="mean">Of the rows before; before the first, any value near them.</param>
    /// <param name="deviations">Of the rows before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V>(ref float x, int rows, int stride, int width, int known, ref V mean, ref V deviations) where V : struct, IVector16<V>
    {
        V origin = mean, sum = V.Broadcast(0), squares = sum, sum2 = sum, squares2 = sum;
        int r = 0;
        // Two rows at a time, because each sum waits for the one before.
        for (; r <= rows - 2; r += 2)
        {
            V d = UpTo16.Load<V>(ref x, width) - origin, d2 = UpTo16.Load<V>(ref Unsafe.Add(ref x, stride), width) - origin;
            sum += d;
            sum2 += d2;
            squares = V.MultiplyAdd(d, d, squares);
            squares2 = V.MultiplyAdd(d2, d2, squares2);
            x = ref Unsafe.Add(ref x, 2 * stride);
        }
        if (r < rows)
        {
            V d = UpTo16.Load<V>(ref x, width) - origin;
            sum += d;
            squares = V.MultiplyAdd(d, d, squares);
        }
        sum += sum2;
        V share = sum * V.Broadcast(1f / known);
        mean = origin + share;
        deviations += squares + squares2 - sum * share;
    }

    internal readonly ref struct SamplesKernel(ReadOnlySpan<float> x, Span<float> moments, int pixels, int channels) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _moments = moments;
        private readonly int _pixels = pixels;
        private readonly int _channels = channels;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int pixels = _pixels, channels = _channels, block = BlockRows(channels);
            int samples = _moments.Length / (2 * channels);
            for (int sample = 0; sample < samples; sample++)
            {
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), sample * pixels * channels);
                ref float mean = ref Unsafe.Add(ref MemoryMarshal.GetReference(_moments), sample * 2 * channels);
                for (int first = 0; first < pixels; first += block)
                {
                    int rows = Math.Min(block, pixels - first), c = 0;
                    ref float row = ref Unsafe.Add(ref x, first * channels);
                    for (; c <= channels - 16; c += 16) Column<V>(ref Unsafe.Add(ref row, c), first, rows, channels, 16, ref Unsafe.Add(ref mean, c));
                    if (c < channels) Column<V>(ref Unsafe.Add(ref row, c), first, rows, channels, channels - c, ref Unsafe.Add(ref mean, c));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Column<V>(ref float x, int first, int rows, int channels, int width, ref float moments) where V : struct, IVector16<V>
        {
            // The first pixel is as near to the first block's values as anything that is known of them.
            V mean = first == 0 ? UpTo16.Load<V>(ref x, width) : UpTo16.Load<V>(ref moments, width);
            V deviations = first == 0 ? V.Broadcast(0) : UpTo16.Load<V>(ref Unsafe.Add(ref moments, channels), width);
            Add(ref x, rows, channels, width, first + rows, ref mean, ref deviations);
            UpTo16.Store(mean, ref moments, width);
            UpTo16.Store(deviations, ref Unsafe.Add(ref moments, channels), width);
        }
    }

    internal readonly ref struct BatchKernel(ReadOnlySpan<float> samples, Span<float> moments, int stride, int pixels, float epsilon, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _samples = samples;
        private readonly Span<float> _moments = moments;
        private readonly int _stride = stride;
        private readonly int _pixels = pixels;
        private readonly float _epsilon = epsilon;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int end = _part.Start + _part.Count, c = _part.Start;
            for (; c <= end - 16; c += 16) Column<V>(c, 16);
            if (c < end) Column<V>(c, end - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int c, int width) where V : struct, IVector16<V>
        {
            int stride = _stride, channels = _moments.Length / 3, count = _samples.Length / stride;
            ref float sample = ref Unsafe.Add(ref MemoryMarshal.GetReference(_samples), c);
            V mean = UpTo16.Load<V>(ref sample, width), between = V.Broadcast(0), within = between;
            for (int first = 0; first < count; first += LargestBlock)
            {
                int rows = Math.Min(LargestBlock, count - first);
                Add(ref Unsafe.Add(ref sample, first * stride), rows, stride, width, first + rows, ref mean, ref between);
                if (_pixels == 1) continue;
                V sum = V.Broadcast(0);
                for (int r = first; r < first + rows; r++) sum += UpTo16.Load<V>(ref Unsafe.Add(ref sample, r * stride + channels), width);
                within += sum;
            }
            V squares = V.MultiplyAdd(between, V.Broadcast(_pixels), within);
            // Of equal values rounding may leave less than nothing.
            V variance = V.Max(squares * V.Broadcast(1f / ((float)count * _pixels)), V.Broadcast(0));
            ref float moments = ref Unsafe.Add(ref MemoryMarshal.GetReference(_moments), c);
            UpTo16.Store(mean, ref moments, width);
            UpTo16.Store(variance, ref Unsafe.Add(ref moments, channels), width);
            UpTo16.Store(V.Broadcast(1) / V.Sqrt(variance + V.Broadcast(_epsilon)), ref Unsafe.Add(ref moments, 2 * channels), width);
        }
    }
}
