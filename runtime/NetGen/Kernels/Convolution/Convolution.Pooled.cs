using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static partial class Convolution
{
    // Rows of a result that wait to be pooled lie in the first level of cache. Fewer would do, but each call on some rows has a price (some 75 ns, measured), which
    // a small image alone should pay once or twice.
    private const int RowsFloats = 8 * 1024;

    /// <summary><c>y = max over the pool's window of f(scale * (x conv w) + shift)</c>, a few rows at a time, so that only the maxima leave the first level of cache.</summary>
    /// <remarks>The bits are those of <see cref="Forward"/> and <see cref="Pooling.Max"/> one after the other.</remarks>
    /// <param name="x">Images, <c>[images, input pixels, Ci]</c>.</param>
    /// <param name="weight"><c>[groups, taps, Ci / groups, Co / groups]</c>.</param>
    /// <param name="scale"><c>[Co]</c>; empty for 1. It comes with a shift.</param>
    /// <param name="shift"><c>[Co]</c>; empty for 0.</param>
    /// <param name="y"><c>[images, output pixels of the pool, Co]</c>; overlaps no operand.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="shape">The window and its channels: more than one tap, over images of two axes.</param>
    /// <param name="pool">The pool's window over the result of the convolution: no padding, no dilation, and places one below the other that do not overlap.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void ForwardPooled<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y,
        int images, ConvolutionShape shape, SlidingWindow pool, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(x.Length == images * shape.InputLength && y.Length == images * pool.OutputPixels * shape.Outputs && weight.Length == shape.WeightLength);
        Debug.Assert((scale.IsEmpty || (scale.Length == shape.Outputs && !shift.IsEmpty)) && (shift.IsEmpty || shift.Length == shape.Outputs));
        Debug.Assert(pool.HasRowsOfItsOwn && pool.Height.Input == shape.Window.Height.Output && pool.Width.Input == shape.Window.Width.Output);
        // The plan of a window of one tap has rows that are several of the image's.
        Debug.Assert(shape.Window.Taps > 1 && shape.Window.Depth is { Input: 1, Output: 1, Kernel: 1 });
        Simd.Run(new PooledKernel<TActivation>(x, weight, scale, shift, y, images, shape, pool, activation));
    }

    internal readonly unsafe ref struct PooledKernel<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> y,
        int images, ConvolutionShape shape, SlidingWindow pool, TActivation activation)
        : ISimdKernel where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<float> _x = x, _weight = weight, _scale = scale, _shift = shift;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int row = shape.Window.Width.Output * shape.Outputs;
            int together = Math.Clamp(RowsFloats / (pool.Height.Stride * row), 1, pool.Height.Output);
            int copied = AlignedLength((shape.Grouped ?? shape).Forward.ScratchLength) + AlignedLength(row);
            int length = PixelGroups.ScratchLength(shape) + copied + (together * pool.Height.Stride * row);
            fixed (float* x = _x, w = _weight, a = _scale, b = _shift, y = _y, memory = Scratch.OfThread(length))
            {
                float* weight = w, scale = a, shift = b, copy = memory;
                ConvolutionPlan plan = PixelGroups.Arrange(shape, ref weight, ref scale, ref shift, ref copy);
                Pooled<V, TActivation>(plan, pool, together, x, weight, scale, shift, y, copy, copy + copied, shape.Outputs, images, activation);
            }
        }
    }

    /// <summary>All images, <paramref name="together"/> rows of maxima at a time from what <paramref name="rows"/> holds.</summary>
    [MethodImpl(Hot)]
    private static unsafe void Pooled<V, TActivation>(
        ConvolutionPlan plan, SlidingWindow pool, int together, float* x, float* weight, float* scale, float* shift, float* y, float* copy, float* rows, int channels, int images,
        TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        (int stride, int kernel) = (pool.Height.Stride, pool.Height.Kernel);
        SlidingWindow window = pool.OneRow;
        WinogradSums? winograd = plan.Winograd;
        if (winograd is not null) winograd.Prepare<V>(weight, copy);
        else if (plan.IsCopied) SourceRows.ClearMargins(plan, copy, plan.CopyLength);
        for (; images > 0; images--)
        {
            if (winograd is null && plan.IsCopiedWhole) SourceRows.Copy(plan, x, copy, plan.SourceHeight);
            for (int first = 0; first < pool.Height.Output; first += together)
            {
                int count = Math.Min(together, pool.Height.Output - first);
                RowSums<V, TActivation>(plan, x, weight, scale, shift, rows, copy, first * stride, ((first + count - 1) * stride) + kernel, activation);
                Pooling.Max<V>(rows, y, count, window, channels);
                y += (nint)count * pool.Width.Output * channels;
            }
            x += plan.SourceLength;
        }
    }

    /// <summary><c>rows = f(scale * sums + shift)</c> for some rows of the result; the row before them may be written too.</summary>
    [MethodImpl(Hot)]
    private static unsafe void RowSums<V, TActivation>(
        ConvolutionPlan plan, float* x, float* weight, float* scale, float* shift, float* rows, float* copy, int first, int end, TActivation activation)
        where V : struct, IVector16<V> where TActivation : struct, IActivation
    {
        int row = plan.ResultWidth * plan.ResultChannels;
        if (!TActivation.IsSimple)
        {
            RowSums<V, Identity>(plan, x, weight, scale, shift, rows, copy, first, end, default);
            var result = new Span<float>(rows, (end - first) * row);
            new UnaryMap<Elementwise.Forward<TActivation>>(result, result, new(activation)).Run<V>();
            return;
        }
        float* top = rows - ((nint)first * row);
        if (scale != null) RowSums<V, ScaledSum<TActivation>>(plan, x, weight, null, top, copy, first, end, new(scale, shift, activation));
        else RowSums<V, Activated<TActivation>>(plan, x, weight, shift, top, copy, first, end, new(activation));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void RowSums<V, TEpilogue>(
        ConvolutionPlan plan, float* x, float* weight, float* start, float* top, float* copy, int first, int end, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (plan.Winograd is { } winograd) winograd.RunRows<V, TEpilogue>(x, start, top, copy, first & ~1, end, epilogue);
        else Sweep.RunRows<V, TEpilogue>(plan, plan.Passes[0], x, weight, start, top, copy, first, end, epilogue);
    }
}
