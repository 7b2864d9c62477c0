using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Images <c>[images, height, width, channels]</c> made larger by whole factors.</summary>
/// <remarks>Images are independent, and no result depends on how many stand in a call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Resample
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary><c>y[i, j] = x[i / factorY, j / factorX]</c>.</summary>
    [MethodImpl(Hot)]
    public static void Nearest(ReadOnlySpan<float> x, Span<float> y, int images, int height, int width, int channels, int factorY, int factorX)
    {
        CheckLengths(x, y, images, height, width, channels, factorY, factorX);
        fixed (float* from = x, to = y) Simd.Run(new NearestKernel(from, to, images * height, width, channels, factorY, factorX));
    }

    /// <summary>The gradient of <see cref="Nearest"/>: the sum over a pixel's copies. <paramref name="dx"/> is overwritten.</summary>
    [MethodImpl(Hot)]
    public static void NearestGradient(ReadOnlySpan<float> dy, Span<float> dx, int images, int height, int width, int channels, int factorY, int factorX)
    {
        CheckLengths(dx, dy, images, height, width, channels, factorY, factorX);
        fixed (float* from = dy, to = dx) Simd.Run(new NearestGradientKernel(from, to, images * height, width, channels, factorY, factorX));
    }

    /// <summary>
    /// Linear in both directions between the centres of pixels, constant beyond the outermost: <c>y[i] = (1 - t) x[k] + t x[k + 1]</c> with <c>k + t = (i + 0.5) / factor - 0.5</c>
    /// (PyTorch's <c>align_corners = false</c>).
    /// </summary>
    [MethodImpl(Hot)]
    public static void Bilinear(ReadOnlySpan<float> x, Span<float> y, int images, int height, int width, int channels, int factorY, int factorX)
    {
        CheckLengths(x, y, images, height, width, channels, factorY, factorX);
        fixed (float* from = x, to = y) Simd.Run(new BilinearKernel(from, to, images, height, width, channels, factorY, factorX));
    }

    /// <summary>The gradient of <see cref="Bilinear"/>; <paramref name="dx"/> is overwritten.</summary>
    [MethodImpl(Hot)]
    public static void BilinearGradient(ReadOnlySpan<float> dy, Span<float> dx, int images, int height, int width, int channels, int factorY, int factorX)
    {
        CheckLengths(dx, dy, images, height, width, channels, factorY, factorX);
        dx.Clear();
        fixed (float* from = dy, to = dx) Simd.Run(new BilinearGradientKernel(from, to, images, height, width, channels, factorY, factorX));
    }

    [Conditional("DEBUG")]
    private static void CheckLengths(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int images, int height, int width, int channels, int factorY, int factorX) =>
        Debug.Assert(x.Length == images * height * width * channels && y.Length == x.Length * factorY * factorX);
}
