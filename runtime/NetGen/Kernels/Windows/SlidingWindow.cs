using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>A window that slides over images <c>[depth, height, width, channels]</c>; images of fewer axes leave the outer ones 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SlidingWindow
{
    /// <summary>Creates a window from one number an axis, outermost first: one to three of them, in every argument the same.</summary>
    /// <param name="input">Extents of the image.</param>
    /// <param name="output">Places of the window along each axis.</param>
    /// <param name="kernel">Extents of the window, in taps.</param>
    /// <param name="stride">From one place to the next.</param>
    /// <param name="dilation">From one tap to the next.</param>
    /// <param name="padding">How far the first place begins before the image; what lies outside the image does not count.</param>
    public SlidingWindow(
        ReadOnlySpan<int> input, ReadOnlySpan<int> output, ReadOnlySpan<int> kernel, ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation, ReadOnlySpan<int> padding)
    {
        Depth = Axis(input, output, kernel, stride, dilation, padding, 3);
        Height = Axis(input, output, kernel, stride, dilation, padding, 2);
        Width = Axis(input, output, kernel, stride, dilation, padding, 1);
    }

    internal WindowAxis Depth { get; }

    internal WindowAxis Height { get; }

    internal WindowAxis Width { get; }

    /// <summary>One row of places of this window, over the rows of the image from its own to the next one's: an image of rows is as many such images.</summary>
    internal SlidingWindow OneRow => field ??= new([Height.Stride, Width.Input], [1, Width.Output], [Height.Kernel, Width.Kernel], [Height.Stride, Width.Stride], [1, 1], [0, 0]);

    /// <summary>
    /// Whether <see cref="OneRow"/> stands for it: an image of two axes, no padding, no dilation, nothing
    /// that overhangs, and no two rows of places that read the same pixels.
    /// </summary>
    internal bool HasRowsOfItsOwn =>
        Depth is { Input: 1, Output: 1, Kernel: 1, Padding: 0 } && Height.Stride >= Height.Kernel && IsInside(Height) && IsInside(Width);

    /// <summary>Pixels of one image.</summary>
    internal int InputPixels => Depth.Input * Height.Input * Width.Input;

    /// <summary>Places of the window in one image.</summary>
    internal int OutputPixels => Depth.Output * Height.Output * Width.Output;

    /// <summary>Taps of the window.</summary>
    internal int Taps => Depth.Kernel * Height.Kernel * Width.Kernel;

    private static bool IsInside(WindowAxis axis) => axis is { Dilation: 1, Padding: 0 } && ((axis.Output - 1) * axis.Stride) + axis.Kernel <= axis.Input;

    private static WindowAxis Axis(
        ReadOnlySpan<int> input, ReadOnlySpan<int> output, ReadOnlySpan<int> kernel, ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation, ReadOnlySpan<int> padding, int fromLast) =>
        fromLast > input.Length ? new(1, 1, 1, 1, 1, 0) : new(input[^fromLast], output[^fromLast], kernel[^fromLast], stride[^fromLast], dilation[^fromLast], padding[^fromLast]);
}
