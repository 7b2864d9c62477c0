namespace NetGen.Benchmarks.Images;

/// <summary>Numbers that all sides make alike, in .NET as in Python (<c>peers/torch_images.py</c>), so that their results can be compared.</summary>
internal static class AgreedNumbers
{
    /// <summary>The series of samples; those of tensors are <see cref="Series"/>.</summary>
    public const int Samples = 1;

    /// <summary>The series of a tensor.</summary>
    /// <param name="layer">Among the layers that have tensors.</param>
    /// <param name="tensor">Among that layer's tensors.</param>
    public static int Series(int layer, int tensor) => 100 + 4 * layer + tensor;

    /// <summary>Numbers in [-1, 1) that look random: element i of a series is a hash of both.</summary>
    public static void Fill(Span<float> values, int series)
    {
        for (int i = 0; i < values.Length; i++)
        {
            uint hash = unchecked((uint)i * 2654435761u + (uint)series * 974711u);
            hash = unchecked((hash ^ (hash >> 15)) * 2246822519u);
            hash = unchecked((hash ^ (hash >> 13)) * 3266489917u);
            values[i] = ((hash ^ (hash >> 16)) >> 8) / 8388608f - 1;
        }
    }

    /// <summary>A tensor of a network: weights that keep the size of values, statistics near those of a new network.</summary>
    /// <param name="name">As <see cref="ImageLayer.Tensors"/> calls it.</param>
    /// <param name="shape">PyTorch's.</param>
    /// <param name="series">Its own.</param>
    public static float[] Tensor(string name, int[] shape, int series)
    {
        float[] values = new float[shape.Aggregate((a, b) => a * b)];
        Fill(values, series);
        (float middle, float reach) = name switch
        {
            "weight" when shape.Length > 1 => (0, MathF.Sqrt(6f * shape[0] / values.Length)),
            "weight" or "running_var" => (1, 0.2f),
            _ => (0f, 0.1f),
        };
        foreach (ref float value in values.AsSpan()) value = middle + reach * value;
        return values;
    }

    /// <summary>All tensors of a network, layer by layer.</summary>
    public static IEnumerable<(string Name, int[] Shape, float[] Values)[]> Tensors(ImageNetwork network) =>
        network.Steps
            .Select(step => step.Layer.Tensors(step.Input))
            .Where(tensors => tensors.Count > 0)
            .Select((tensors, layer) => tensors.Select((tensor, i) => (tensor.Name, tensor.Shape, Tensor(tensor.Name, tensor.Shape, Series(layer, i)))).ToArray());
}
