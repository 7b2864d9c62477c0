namespace NetGen;

/// <summary>The one place that converts between PyTorch's row-major order and the order in which a tensor lies in its flat buffer.</summary>
internal static class TensorLayouts
{
    /// <summary>Copies a tensor out of its flat buffer.</summary>
    /// <param name="buffer">The whole flat buffer.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="rowMajor">As many floats as the tensor's shape counts.</param>
    public static void ToRowMajor(ReadOnlySpan<float> buffer, TensorInfo tensor, Span<float> rowMajor)
    {
        ReadOnlySpan<float> stored = buffer.Slice(tensor.Offset, tensor.Length);
        if (tensor.Layout == TensorLayout.Transposed)
        {
            Transpose(stored, tensor.Shape[1], tensor.Shape[0], rowMajor);
        }
        else
        {
            stored.CopyTo(rowMajor);
        }
    }

    /// <summary>Copies a tensor into its flat buffer.</summary>
    /// <param name="rowMajor">As many floats as the tensor's shape counts.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="buffer">The whole flat buffer.</param>
    public static void FromRowMajor(ReadOnlySpan<float> rowMajor, TensorInfo tensor, Span<float> buffer)
    {
        Span<float> stored = buffer.Slice(tensor.Offset, tensor.Length);
        if (tensor.Layout == TensorLayout.Transposed)
        {
            Transpose(rowMajor, tensor.Shape[0], tensor.Shape[1], stored);
        }
        else
        {
            rowMajor.CopyTo(stored);
        }
    }

    private static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                destination[column * rows + row] = source[row * columns + column];
            }
        }
    }
}
