using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ops;

/// <summary>A window that slides over an image of one to three axes, channels last: the runtime's <c>SlidingWindow</c>.</summary>
/// <param name="Axes">Outermost first.</param>
public sealed record Window(EquatableArray<WindowAxis> Axes)
{
    /// <summary>Taps of the window.</summary>
    public int Taps => Axes.Aggregate(1, (product, axis) => product * axis.Kernel);

    /// <summary>Whether the window is one pixel that visits each pixel in turn.</summary>
    public bool IsPointwise => Axes.All(axis => axis is { Kernel: 1, Stride: 1, Padding: 0 } && axis.Output == axis.Input);

    /// <summary>Whether the window sees the whole image in one place.</summary>
    public bool IsWhole => Axes.All(axis => axis is { Dilation: 1, Padding: 0, Output: 1 } && axis.Kernel == axis.Input);

    /// <summary>
    /// Whether each row of its places reads rows of the image that no other row of places reads, all of them
    /// inside: an image of two axes can be pooled by rows as they are computed.
    /// </summary>
    public bool HasRowsOfItsOwn =>
        Axes.Count == 2 && Axes[0].Stride >= Axes[0].Kernel && Axes.All(axis => axis is { Dilation: 1, Padding: 0 } && ((axis.Output - 1) * axis.Stride) + axis.Kernel <= axis.Input);

    /// <summary>The shape of the image.</summary>
    public Shape Input(int channels) => Shape.Batch(Axes.Select(axis => axis.Input).Append(channels));

    /// <summary>The shape of one value a place of the window.</summary>
    public Shape Output(int channels) => Shape.Batch(Axes.Select(axis => axis.Output).Append(channels));

    /// <summary>As an object of the runtime.</summary>
    public SharedObject Construct() => new(
        "SlidingWindow",
        $"input: {List(axis => axis.Input)}, output: {List(axis => axis.Output)}, kernel: {List(axis => axis.Kernel)}, " +
        $"stride: {List(axis => axis.Stride)}, dilation: {List(axis => axis.Dilation)}, padding: {List(axis => axis.Padding)}");

    /// <summary>In printed graphs: <c>3x3, stride 2, dilation 2, pad 1</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string> { Join(axis => axis.Kernel) };
        if (Axes.Any(axis => axis.Stride != 1))
        {
            parts.Add($"stride {Join(axis => axis.Stride)}");
        }
        if (Axes.Any(axis => axis.Dilation != 1))
        {
            parts.Add($"dilation {Join(axis => axis.Dilation)}");
        }
        if (Axes.Any(axis => axis.Padding != 0))
        {
            parts.Add($"pad {Join(axis => axis.Padding)}");
        }
        return string.Join(", ", parts);
    }

    private string List(System.Func<WindowAxis, int> number) => $"[{string.Join(", ", Axes.Select(number))}]";

    private string Join(System.Func<WindowAxis, int> number) => string.Join("x", Axes.Select(number));
}

/// <summary>One axis of a window: tap k of place p reads pixel <c>p * Stride - Padding + k * Dilation</c>; what lies outside the image does not count.</summary>
/// <param name="Input">Pixels.</param>
/// <param name="Output">Places of the window.</param>
/// <param name="Kernel">Taps.</param>
/// <param name="Stride">Pixels from one place to the next.</param>
/// <param name="Dilation">Pixels from one tap to the next.</param>
/// <param name="Padding">Pixels that the first place begins before the image.</param>
/// <param name="IsCropped">Whether there would be more places, but nothing reads them.</param>
public sealed record WindowAxis(int Input, int Output, int Kernel, int Stride, int Dilation, int Padding, bool IsCropped = false);
