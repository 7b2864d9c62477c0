using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Pooling over images whose last axis is the channel: <c>x [images, input extents, channels]</c>, <c>y [images, output extents, channels]</c>.</summary>
/// <remarks>What a window covers outside the image never counts as a value. Images are independent, and no result depends on how many stand in a call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Pooling
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>y = max over the window of x</c>; NaN where the window covers one, minus infinity where it covers no pixel.</summary>
    [MethodImpl(Hot)]
    public static void Max(ReadOnlySpan<float> x, Span<float> y, int images, SlidingWindow window, int channels)
    {
        CheckLengths(x, y, images, window, channels);
        Simd.Run(new MaxKernel(x, y, images, window, channels));
    }

    /// <summary>The gradient of <see cref="Max"/>: <paramref name="dy"/> goes to the first of a window's pixels that is the largest.</summary>
    public static void MaxGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int images, SlidingWindow window, int channels) =>
        MaxGradient(x, y, dy, dx, images, window, channels, default(Identity));

    /// <summary>The gradient of <see cref="Max"/> through the activation before it: times <c>f'(x)</c>.</summary>
    /// <param name="x">What was pooled: the output of f, from which its derivative is known.</param>
    /// <param name="y">The maxima.</param>
    /// <param name="dy">Their gradient.</param>
    /// <param name="dx">The gradient of f's input, which is overwritten.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="window">Where it reads.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(Hot)]
    public static void MaxGradient<TActivation>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int images, SlidingWindow window, int channels, TActivation activation)
        where TActivation : struct, IActivation
    {
        CheckLengths(x, y, images, window, channels);
        Debug.Assert(dx.Length == x.Length && dy.Length == y.Length);
        Simd.Run(new MaxGradientKernel<TActivation>(x, y, dy, dx, images, window, channels, activation));
    }

    /// <summary><c>y = sum over the window of x / count</c>, 0 where the window covers no pixel.</summary>
    /// <param name="x">The images.</param>
    /// <param name="y">The means.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="window">Where it reads.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="countPadding">Whether the count is that of all taps, those outside the image included.</param>
    [MethodImpl(Hot)]
    public static void Average(ReadOnlySpan<float> x, Span<float> y, int images, SlidingWindow window, int channels, bool countPadding)
    {
        CheckLengths(x, y, images, window, channels);
        Simd.Run(new AverageKernel(x, y, images, window, channels, countPadding));
    }

    /// <summary>The gradient of <see cref="Average"/>; <paramref name="dx"/> is overwritten.</summary>
    [MethodImpl(Hot)]
    public static void AverageGradient(ReadOnlySpan<float> dy, Span<float> dx, int images, SlidingWindow window, int channels, bool countPadding)
    {
        CheckLengths(dx, dy, images, window, channels);
        Simd.Run(new AverageGradientKernel(dy, dx, images, window, channels, countPadding));
    }

    /// <summary>Zeros for the last row and the last column that windows of 2 x 2 leave out.</summary>
    private static void ClearRest(Span<float> dx, int images, SlidingWindow window, int channels)
    {
        int row = window.Width.Input * channels, rows = window.Height.Input, covered = 2 * window.Width.Output * channels;
        for (int r = 0; r < dx.Length / row; r++)
        {
            Span<float> line = dx.Slice(r * row, row);
            if (r % rows >= 2 * window.Height.Output) line.Clear();
            else if (covered < row) line[covered..].Clear();
        }
    }

    [Conditional("DEBUG")]
    private static void CheckLengths(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int images, SlidingWindow window, int channels) =>
        Debug.Assert(x.Length == images * window.InputPixels * channels && y.Length == images * window.OutputPixels * channels);
}
