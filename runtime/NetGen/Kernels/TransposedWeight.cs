using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>The transpose of a small weight, for straight-line code that keeps it in registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TransposedWeight
{
    /// <summary><c>transposed[j, i] = weight[i, j]</c>.</summary>
    /// <param name="weight"><c>[rows, columns]</c>.</param>
    /// <param name="transposed"><c>[columns, rows]</c>, each row padded to whole vectors of 16; the padding is left as it is.</param>
    /// <param name="rows">Rows of the weight.</param>
    /// <param name="columns">Columns of the weight.</param>
    public static unsafe void Copy(ReadOnlySpan<float> weight, Span<float> transposed, int rows, int columns)
    {
        int step = (rows + 15) / 16 * 16;
        Debug.Assert(weight.Length == rows * columns && transposed.Length == columns * step);
        fixed (float* from = weight, to = transposed) Transpose.Copy(from, columns, to, step, rows, columns);
    }
}
