using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>
/// Means over a grid of a given number of windows, whose extents follow from the image: window i of n over
/// e pixels is <c>[floor(i e / n), ceil((i + 1) e / n))</c>, as in PyTorch.
/// </content>
public static unsafe partial class Pooling
{
    /// <summary>Each of <paramref name="outputHeight"/> x <paramref name="outputWidth"/> results is the mean of its part of the image.</summary>
    [MethodImpl(Hot)]
    public static void AdaptiveAverage(
        ReadOnlySpan<float> x, Span<float> y, int images, int inputHeight, int inputWidth, int outputHeight, int outputWidth, int channels)
    {
        Debug.Assert(x.Length == images * inputHeight * inputWidth * channels && y.Length == images * outputHeight * outputWidth * channels);
        fixed (float* from = x, to = y)
        {
            Simd.Run(new AdaptiveKernel(from, to, null, null, images, inputHeight, inputWidth, outputHeight, outputWidth, channels));
        }
    }

    /// <summary>The gradient of <see cref="AdaptiveAverage"/>; <paramref name="dx"/> is overwritten.</summary>
    [MethodImpl(Hot)]
    public static void AdaptiveAverageGradient(
        ReadOnlySpan<float> dy, Span<float> dx, int images, int inputHeight, int inputWidth, int outputHeight, int outputWidth, int channels)
    {
        Debug.Assert(dx.Length == images * inputHeight * inputWidth * channels && dy.Length == images * outputHeight * outputWidth * channels);
        dx.Clear();
        fixed (float* from = dy, to = dx)
        {
            Simd.Run(new AdaptiveKernel(null, null, from, to, images, inputHeight, inputWidth, outputHeight, outputWidth, channels));
        }
    }

    internal readonly struct AdaptiveKernel(
        float* x, float* y, float* dy, float* dx, int images, int inputHeight, int inputWidth, int outputHeight, int outputWidth, int channels) : ISimdKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            var size = new PoolingSize((nint)inputHeight * inputWidth * channels, (nint)outputHeight * outputWidth * channels, channels);
            var average = new AveragePlace(x, y, size, divisor: 0);
            var gradient = new AverageGradientPlace(dy, dx, size, divisor: 0);
            for (int image = 0; image < images; image++)
            {
                for (int i = 0, place = 0; i < outputHeight; i++)
                {
                    var (row, rows) = Span(i, inputHeight, outputHeight);
                    for (int j = 0; j < outputWidth; j++, place++)
                    {
                        var (column, columns) = Span(j, inputWidth, outputWidth);
                        var taps = new PlaceTaps((row * inputWidth) + column, 1, rows, columns, 0, inputWidth, 1);
                        if (x != null) average.Run<V>(image, place, in taps);
                        else gradient.Run<V>(image, place, in taps);
                    }
                }
            }
        }

        private static (int Start, int Count) Span(int i, int input, int output)
        {
            int start = (int)((long)i * input / output), end = (int)((((long)i + 1) * input + output - 1) / output);
            return (start, end - start);
        }
    }
}
