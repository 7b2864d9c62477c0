using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>How wide the border around a sample is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BorderWidths
{
    /// <summary>Creates the widths from one number an axis, outermost first.</summary>
    /// <param name="extents">Extents of a sample.</param>
    /// <param name="before">Elements before each axis.</param>
    /// <param name="after">Elements after each axis.</param>
    public BorderWidths(ReadOnlySpan<int> extents, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        int bordered = extents.Length;
        Row = 1;
        while (bordered > 0 && before[bordered - 1] == 0 && after[bordered - 1] == 0) Row *= extents[--bordered];
        Axes = new Axis[bordered];
        int inner = Row;
        for (int axis = bordered - 1; axis >= 0; axis--)
        {
            Axes[axis] = new(extents[axis], before[axis] * inner, after[axis] * inner);
            inner *= before[axis] + extents[axis] + after[axis];
        }
    }

    /// <summary>The axes up to the last one with a border.</summary>
    internal Axis[] Axes { get; }

    /// <summary>Elements of the axes behind that one: rows that are copied as a whole.</summary>
    internal int Row { get; }

    /// <summary>One axis.</summary>
    /// <param name="Extent">Elements of the sample.</param>
    /// <param name="Before">Floats of the border before them.</param>
    /// <param name="After">Floats of the border after them.</param>
    internal readonly record struct Axis(int Extent, int Before, int After);
}
