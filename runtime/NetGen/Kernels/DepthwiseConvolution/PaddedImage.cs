using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Sixteen channels of an image with the zeros around it that a window reads: what sums over places need, without a question for borders.</summary>
internal readonly unsafe struct PaddedImage(SlidingWindow window)
{
    /// <summary>Pixels of a row, from the first that the first place reads to the last that the last does.</summary>
    public int Width { get; } = Extent(window.Width);

    /// <summary>Rows of a plane.</summary>
    public int Height { get; } = Extent(window.Height);

    /// <summary>Floats of it.</summary>
    public int Size => Extent(window.Depth) * Height * Width * 16;

    /// <summary>Zeros, of which <see cref="Load"/> leaves those outside the image.</summary>
    public void Clear(float* padded) => new Span<float>(padded, Size).Clear();

    /// <summary>Copies the pixels of one image that the window reads.</summary>
    /// <param name="x">The image.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="first">The first of 16 channels of the result of a convolution.</param>
    /// <param name="multiplier">Channels of the result that read the same channel.</param>
    /// <param name="padded">The copy.</param>
    /// <param name="lanes">Channels to copy, 1 to 16.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Load<V>(float* x, int channels, int first, int multiplier, float* padded, int lanes) where V : struct, IVector16<V>
    {
        (WindowAxis depth, WindowAxis height, WindowAxis width) = (window.Depth, window.Height, window.Width);
        int columns = Math.Min(width.Input, Width - width.Padding);
        for (int z = 0; z < Math.Min(depth.Input, Extent(depth) - depth.Padding); z++)
        {
            for (int y = 0; y < Math.Min(height.Input, Height - height.Padding); y++)
            {
                float* from = x + ((nint)z * height.Input + y) * width.Input * channels;
                float* to = padded + ((nint)(z + depth.Padding) * Height + y + height.Padding) * Width * 16 + (nint)width.Padding * 16;
                for (int column = 0; column < columns; column++, from += channels, to += 16)
                {
                    if (multiplier == 1)
                    {
                        V.Store(UpTo16.Load<V>(in from[first], lanes), ref *to);
                        continue;
                    }
                    for (int lane = 0; lane < lanes; lane++) to[lane] = from[(first + lane) / multiplier];
                }
            }
        }
    }

    private static int Extent(WindowAxis axis) => ((axis.Output - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) + 1;
}
