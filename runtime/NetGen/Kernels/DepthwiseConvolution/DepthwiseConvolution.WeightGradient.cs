using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class DepthwiseConvolution
{
    internal readonly ref struct WeightGradientKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, int images, ConvolutionShape shape, Part part) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _dw = dw;
        private readonly Part _part = part;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            SlidingWindow window = shape.Window;
            int multiplier = shape.GroupOutputs, channels = shape.Outputs, end = _part.Start + _part.Count;
            nint inputSize = (nint)window.InputPixels * shape.Inputs, outputSize = (nint)window.OutputPixels * channels;
            for (int tap = 0; tap < window.Taps; tap++) _dw.Slice((tap * channels) + _part.Start, _part.Count).Clear();
            fixed (float* x = _x, dy = _dy, dw = _dw)
            fixed (float* spread = multiplier > 1 ? Scratch.OfThread((int)inputSize * multiplier) : default)
            {
                for (int image = 0; image < images; image++)
                {
                    float* source = x + image * inputSize;
                    if (multiplier > 1)
                    {
                        Multiplier.Spread(source, spread, inputSize, multiplier);
                        source = spread;
                    }
                    for (int c = _part.Start; c < end; c += 16) Image<V>(source + c, dy + image * outputSize + c, dw + c, Math.Min(16, end - c));
                }
            }
        }

        /// <summary>Adds one image's sums, each tap's over the places whose pixel lies inside.</summary>
        private void Image<V>(float* x, float* dy, float* dw, int lanes) where V : struct, IVector16<V>
        {
            int channels = shape.Outputs;
            (WindowAxis depth, WindowAxis height, WindowAxis width) = (shape.Window.Depth, shape.Window.Height, shape.Window.Width);
            for (int i = 0; i < depth.Kernel; i++)
            {
                var (firstPlane, endPlane) = Places(depth, i);
                for (int j = 0; j < height.Kernel; j++)
                {
                    var (firstRow, endRow) = Places(height, j);
                    for (int k = 0; k < width.Kernel; k++, dw += channels)
                    {
                        var (first, end) = Places(width, k);
                        V sum = V.Broadcast(0);
                        for (int z = firstPlane; z < endPlane; z++)
                        {
                            for (int r = firstRow; r < endRow; r++)
                            {
                                nint row = (nint)(depth.Start(z) + (i * depth.Dilation)) * height.Input + height.Start(r) + (j * height.Dilation);
                                float* pixel = x + (row * width.Input + width.Start(first) + (k * width.Dilation)) * channels;
                                float* gradient = dy + ((((nint)z * height.Output) + r) * width.Output + first) * channels;
                                for (int p = first; p < end; p++, pixel += (nint)width.Stride * channels, gradient += channels)
                                {
                                    sum = V.MultiplyAdd(UpTo16.Load<V>(in *pixel, lanes), UpTo16.Load<V>(in *gradient, lanes), sum);
                                }
                            }
                        }
                        UpTo16.Store(UpTo16.Load<V>(in *dw, lanes) + sum, ref *dw, lanes);
                    }
                }
            }
        }

        /// <summary>The places whose pixel at a tap lies inside the image.</summary>
        private static (int First, int End) Places(WindowAxis axis, int tap)
        {
            int pixel = (tap * axis.Dilation) - axis.Padding;
            int first = pixel >= 0 ? 0 : (-pixel + axis.Stride - 1) / axis.Stride;
            int end = pixel >= axis.Input ? 0 : (axis.Input - 1 - pixel) / axis.Stride + 1;
            return (first, Math.Min(end, axis.Output));
        }
    }
}
