namespace NetGen;

/// <summary>One tensor of a safetensors file: little-endian bytes in row-major order.</summary>
public sealed class SafetensorsTensor
{
    private readonly byte[] _data;

    /// <summary>Takes over <paramref name="data"/>, whose length the caller has checked.</summary>
    internal SafetensorsTensor(string name, SafetensorsType type, long[] shape, byte[] data)
    {
        Name = name;
        Type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>Creates a tensor of type F32.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Its extents, outermost first.</param>
    /// <param name="values">As many as the shape counts, in row-major order; they are copied.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public SafetensorsTensor(string name, Shape shape, ReadOnlySpan<float> values)
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"Expected {shape.Count} floats ({shape}) for tensor {name}, got {values.Length}.", nameof(values));
        }
        Name = name;
        Type = SafetensorsType.F32;
        Shape = Extents(shape);
        _data = new byte[checked(values.Length * sizeof(float))];
        SafetensorsNumbers.FromFloats(values, _data);
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>The type of its elements in the file.</summary>
    public SafetensorsType Type { get; }

    /// <summary>Its extents, outermost first; empty for a scalar. An extent may be 0.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _data.Length / SafetensorsTypes.SizeOf(Type);

    /// <summary>The bytes as they are in the file.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>
    /// Converts the elements to floats: F32 as they are, F16 and BF16 exactly, F64 rounded to nearest (infinity past the range of float).
    /// </summary>
    /// <param name="destination">Exactly <see cref="Count"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is of another length.</exception>
    /// <exception cref="InvalidOperationException">The type is none of F32, F16, BF16 and F64.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Count)
        {
            throw new ArgumentException(
                $"Expected a destination of {Count} floats for tensor {Name}, got {destination.Length}.", nameof(destination));
        }
        if (!SafetensorsTypes.ConvertsToFloat(Type))
        {
            throw new InvalidOperationException(
                $"Tensor {Name}: expected F32, F16, BF16 or F64 to convert to floats, got {SafetensorsTypes.NameOf(Type)}. Read Data instead.");
        }
        SafetensorsNumbers.ToFloats(Type, _data, destination);
    }

    /// <summary>Whether its extents are those of <paramref name="shape"/>.</summary>
    internal bool IsOf(Shape shape) => Shape.SequenceEqual(Extents(shape));

    private static long[] Extents(Shape shape) => [.. shape.Extents.ToArray().Select(extent => (long)extent)];
}
