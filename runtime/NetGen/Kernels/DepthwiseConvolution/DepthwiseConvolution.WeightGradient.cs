using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

public static unsafe partial class DepthwiseConvolution
{
    // A sum of so many products in one chain, then chains are added: rounding errors grow with the number of chains.
    private const int PlacesInChain = 512;

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
            var padded = new PaddedImage(window);
            fixed (float* x = _x, dy = _dy, dw = _dw, scratch = Scratch.OfThread(padded.Size))
            {
                padded.Clear(scratch);
                for (int c = _part.Start; c < end; c += 16)
                {
                    int lanes = Math.Min(16, end - c);
                    for (int image = 0; image < images; image++)
                    {
                        padded.Load<V>(x + image * inputSize, shape.Inputs, c, multiplier, scratch, lanes);
                        if (lanes == 16) Image<V, Whole>(in padded, scratch, dy + image * outputSize + c, dw + c, lanes);
                        else Image<V, Masked>(in padded, scratch, dy + image * outputSize + c, dw + c, lanes);
                    }
                }
            }
        }

        /// <summary>Adds one image's sums.</summary>
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Image<V, TEnd>(in PaddedImage image, float* x, float* dy, float* dw, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd
        {
            SlidingWindow window = shape.Window;
            (WindowAxis depth, WindowAxis height, WindowAxis width) = (window.Depth, window.Height, window.Width);
            var o = new TapSumOperands
            {
                XStep = (nint)width.Stride * 16,
                XRow = (nint)height.Stride * image.Width * 16,
                XTap = (nint)width.Dilation * 16,
                XTapRow = (nint)height.Dilation * image.Width * 16,
                DyStep = shape.Outputs,
                Places = width.Output,
                Lanes = lanes,
                DwTap = shape.Outputs,
                DwTapRow = (nint)width.Kernel * shape.Outputs,
            };
            // Nine sums need the registers of AVX-512; there rows of taps go by threes as well.
            bool nine = typeof(V) == typeof(Vector512x1);
            int band = Math.Max(PlacesInChain / width.Output, 1);
            for (int z = 0; z < depth.Output; z++)
            {
                for (int row = 0; row < height.Output; row += band)
                {
                    o.Rows = Math.Min(band, height.Output - row);
                    o.Dy = dy + (((nint)z * height.Output) + row) * width.Output * shape.Outputs;
                    for (int i = 0; i < depth.Kernel; i++)
                    {
                        float* plane = x + ((nint)((z * depth.Stride) + (i * depth.Dilation)) * image.Height + (row * height.Stride)) * image.Width * 16;
                        for (int j = 0; j < height.Kernel;)
                        {
                            bool threeRows = nine && height.Kernel - j >= 3;
                            for (int k = 0; k < width.Kernel;)
                            {
                                o.X = plane + j * o.XTapRow + k * o.XTap;
                                o.Dw = dw + ((((nint)i * height.Kernel) + j) * width.Kernel + k) * shape.Outputs;
                                bool threeColumns = width.Kernel - k >= 3;
                                if (threeRows && threeColumns) TapSums<V, TEnd, Rows3, Rows3>.Add(in o);
                                else if (threeRows) TapSums<V, TEnd, Rows3, Rows1>.Add(in o);
                                else if (threeColumns) TapSums<V, TEnd, Rows1, Rows3>.Add(in o);
                                else TapSums<V, TEnd, Rows1, Rows1>.Add(in o);
                                k += threeColumns ? 3 : 1;
                            }
                            j += threeRows ? 3 : 1;
                        }
                    }
                }
            }
        }
    }
}
