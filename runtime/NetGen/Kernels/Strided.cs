using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>Copies between tensors whose rows lie at different distances, as concatenation and slices need them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Strided
{
    /// <summary>
    /// Copies <paramref name="width"/> floats of each row r from <c>source[r * sourceStride]</c> on to <c>destination[r * destinationStride]</c> on.
    /// </summary>
    public static void Copy(ReadOnlySpan<float> source, int sourceStride, Span<float> destination, int destinationStride, int rows, int width)
    {
        Debug.Assert(width <= sourceStride && width <= destinationStride);
        if (width == sourceStride && width == destinationStride)
        {
            source[..(rows * width)].CopyTo(destination);
            return;
        }
        for (int r = 0; r < rows; r++) source.Slice(r * sourceStride, width).CopyTo(destination[(r * destinationStride)..]);
    }
}
