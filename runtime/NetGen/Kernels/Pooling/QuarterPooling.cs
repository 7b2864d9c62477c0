using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What is done with the four pixels of a window of 2 x 2, in the order of taps.</summary>
internal unsafe interface IQuarterOperation
{
    /// <summary>Some channels of one window.</summary>
    /// <param name="x">The window's first pixel, as floats from the start of all images.</param>
    /// <param name="right">Floats to the pixel beside it.</param>
    /// <param name="below">Floats to the pixel below.</param>
    /// <param name="y">The result, as floats from the start of all results.</param>
    /// <param name="lanes">Channels, 1 to 16.</param>
    void Run<V, TEnd>(nint x, nint right, nint below, nint y, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd;
}

/// <summary>
/// Windows of 2 x 2 at stride 2 without padding. Of few channels whole vectors are read and written wherever what lies behind a pixel is written later;
/// the last channels of more than 16 are computed twice.
/// </summary>
internal readonly struct QuarterPooling<TOperation>(int planes, WindowAxis height, WindowAxis width, int channels, TOperation operation)
    where TOperation : struct, IQuarterOperation
{
    /// <summary>Whether a window is of that kind.</summary>
    public static bool Fits(SlidingWindow window) =>
        window.Depth is { Kernel: 1, Stride: 1, Padding: 0 } && Fits(window.Height) && Fits(window.Width) && window.Depth.Input == window.Depth.Output;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        nint below = (nint)width.Input * channels, pair = 2 * channels;
        for (int plane = 0; plane < planes; plane++)
        {
            for (int row = 0; row < height.Output; row++)
            {
                nint x = ((nint)plane * height.Input + 2 * row) * below, y = ((nint)plane * height.Output + row) * width.Output * channels;
                if (channels >= 16)
                {
                    int last = channels % 16 == 0 ? channels : channels - 16;
                    for (int column = 0; column < width.Output; column++, x += pair, y += channels)
                    {
                        for (int c = 0; c <= channels - 16; c += 16) operation.Run<V, Whole>(x + c, channels, below, y + c, 16);
                        if (last < channels) operation.Run<V, Whole>(x + last, channels, below, y + last, 16);
                    }
                    continue;
                }
                // Windows with 16 floats from the start of their result, and so of each pixel, to the end of what the row's windows cover.
                int whole = Math.Max(width.Output - (15 / channels), 0);
                int done = 0;
                for (; done < whole; done++, x += pair, y += channels) operation.Run<V, Whole>(x, channels, below, y, channels);
                for (; done < width.Output; done++, x += pair, y += channels) operation.Run<V, Masked>(x, channels, below, y, channels);
            }
        }
    }

    private static bool Fits(WindowAxis axis) => axis is { Kernel: 2, Stride: 2, Dilation: 1, Padding: 0 } && 2 * axis.Output <= axis.Input;
}
