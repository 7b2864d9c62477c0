namespace NetGen;

/// <summary>A flat buffer as tensors of a file, under PyTorch's names and in its shapes and order.</summary>
internal static class FlatTensors
{
    /// <summary>The tensors that a buffer holds.</summary>
    /// <param name="buffer">In the layout that <paramref name="tensors"/> say.</param>
    /// <param name="tensors">The buffer's table.</param>
    /// <param name="prefix">What their names start with in the file.</param>
    public static SafetensorsTensor[] Of(ReadOnlySpan<float> buffer, IReadOnlyList<TensorInfo> tensors, string prefix = "")
    {
        SafetensorsTensor[] all = new SafetensorsTensor[tensors.Count];
        for (int i = 0; i < all.Length; i++)
        {
            float[] values = new float[tensors[i].Shape.Count];
            TensorLayouts.ToRowMajor(buffer, tensors[i], values);
            all[i] = new SafetensorsTensor(prefix + tensors[i].Name, tensors[i].Shape, values);
        }
        return all;
    }

    /// <summary>Finds the tensors of a buffer in a file, so that <see cref="Load"/> will not fail.</summary>
    /// <exception cref="NetworkFormatException">One is missing, or of another shape or type.</exception>
    public static void Check(SafetensorsFile file, string? fileName, IReadOnlyList<TensorInfo> tensors, string prefix)
    {
        foreach (TensorInfo tensor in tensors)
        {
            SafetensorsTensor? found = file.Find(prefix + tensor.Name);
            if (found is not { Type: SafetensorsType.F32 } || !found.IsOf(tensor.Shape))
            {
                string what = found is null ? "none of that name" : $"{SafetensorsTypes.NameOf(found.Type)} [{string.Join(", ", found.Shape)}]";
                throw NetworkFormatException.Create(fileName, prefix + tensor.Name, $"F32 of shape {tensor.Shape}", what, SafetensorsHeader.Damaged);
            }
        }
    }

    /// <summary>Overwrites a buffer with tensors that <see cref="Check"/> found.</summary>
    public static void Load(SafetensorsFile file, Span<float> buffer, IReadOnlyList<TensorInfo> tensors, string prefix)
    {
        foreach (TensorInfo tensor in tensors)
        {
            float[] values = new float[tensor.Shape.Count];
            file.Find(prefix + tensor.Name)!.CopyTo(values);
            TensorLayouts.FromRowMajor(values, tensor, buffer);
        }
    }
}
