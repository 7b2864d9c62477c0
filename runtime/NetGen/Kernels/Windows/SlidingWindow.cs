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

    /// <summary>Pixels of one image.</summary>
    internal int InputPixels => Depth.Input * Height.Input * Width.Input;

    /// <summary>Places of the window in one image.</summary>
    internal int OutputPixels => Depth.Output * Height.Output * Width.Output;

    /// <summary>Taps of the window.</summary>
    internal int Taps => Depth.Kernel * Height.Kernel * Width.Kernel;

    private static WindowAxis Axis(
        ReadOnlySpan<int> input, ReadOnlySpan<int> output, ReadOnlySpan<int> kernel, ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation, ReadOnlySpan<int> padding, int fromLast) =>
        fromLast > input.Length ? new(1, 1, 1, 1, 1, 0) : new(input[^fromLast], output[^fromLast], kernel[^fromLast], stride[^fromLast], dilation[^fromLast], padding[^fromLast]);
}
