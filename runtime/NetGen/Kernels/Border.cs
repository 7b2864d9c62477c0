using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>Tensors with a border of one number around them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Border
{
    /// <summary>Each sample of the result is the sample of x with some elements of <paramref name="value"/> before and after each axis.</summary>
    /// <param name="x">Samples.</param>
    /// <param name="y">The result, which does not overlap x.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="widths">The extents of a sample, and the elements before and after each axis.</param>
    /// <param name="value">What the border is made of.</param>
    public static void Add(ReadOnlySpan<float> x, Span<float> y, int images, BorderWidths widths, float value)
    {
        for (int image = 0; image < images; image++) AddAxis(ref x, ref y, widths.Axes, widths.Row, value);
        Debug.Assert(x.IsEmpty && y.IsEmpty);
    }

    /// <summary>The outermost axis, and within each of its elements the others; x and y move past what was read and written.</summary>
    private static void AddAxis(ref ReadOnlySpan<float> x, ref Span<float> y, ReadOnlySpan<BorderWidths.Axis> axes, int row, float value)
    {
        if (axes.IsEmpty)
        {
            x[..row].CopyTo(y);
            x = x[row..];
            y = y[row..];
            return;
        }
        Fill(ref y, axes[0].Before, value);
        for (int i = 0; i < axes[0].Extent; i++) AddAxis(ref x, ref y, axes[1..], row, value);
        Fill(ref y, axes[0].After, value);
    }

    private static void Fill(ref Span<float> y, int count, float value)
    {
        y[..count].Fill(value);
        y = y[count..];
    }
}
