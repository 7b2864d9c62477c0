using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>Tensors with a border of one number around them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Border
{
    /// <summary>Each sample of the result is the sample of x with some elements of <paramref name="value"/> before and after each axis.</summary>
    /// <param name="x">Samples of <paramref name="extents"/>.</param>
    /// <param name="y">The result, which does not overlap x.</param>
    /// <param name="images">Number of samples.</param>
    /// <param name="extents">Extents of a sample of x, outermost first.</param>
    /// <param name="before">Elements before each axis.</param>
    /// <param name="after">Elements after each axis.</param>
    /// <param name="value">What the border is made of.</param>
    public static void Add(
        ReadOnlySpan<float> x, Span<float> y, int images, ReadOnlySpan<int> extents, ReadOnlySpan<int> before, ReadOnlySpan<int> after, float value)
    {
        Debug.Assert(extents.Length == before.Length && extents.Length == after.Length);
        // Axes behind the last one with a border are rows, which are copied as a whole.
        int axes = extents.Length;
        int row = 1;
        while (axes > 0 && before[axes - 1] == 0 && after[axes - 1] == 0) row *= extents[--axes];
        for (int image = 0; image < images; image++) AddAxis(ref x, ref y, extents[..axes], before, after, row, value);
        Debug.Assert(x.IsEmpty && y.IsEmpty);
    }

    /// <summary>The outermost axis, and within each of its elements the others; x and y move past what was read and written.</summary>
    private static void AddAxis(ref ReadOnlySpan<float> x, ref Span<float> y, ReadOnlySpan<int> extents, ReadOnlySpan<int> before, ReadOnlySpan<int> after, int row, float value)
    {
        if (extents.IsEmpty)
        {
            x[..row].CopyTo(y);
            x = x[row..];
            y = y[row..];
            return;
        }
        int inner = row;
        for (int axis = 1; axis < extents.Length; axis++) inner *= before[axis] + extents[axis] + after[axis];
        Fill(ref y, before[0] * inner, value);
        for (int i = 0; i < extents[0]; i++) AddAxis(ref x, ref y, extents[1..], before[1..], after[1..], row, value);
        Fill(ref y, after[0] * inner, value);
    }

    private static void Fill(ref Span<float> y, int count, float value)
    {
        y[..count].Fill(value);
        y = y[count..];
    }
}
