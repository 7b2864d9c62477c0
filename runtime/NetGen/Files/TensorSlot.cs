namespace NetGen;

/// <summary>One named tensor of a network, whichever of its two buffers holds it.</summary>
internal readonly record struct TensorSlot(TensorInfo Tensor, bool IsState)
{
    /// <summary>All parameters, then all state.</summary>
    public static IEnumerable<TensorSlot> Of(NetworkInfo info) =>
        info.Parameters.Select(tensor => new TensorSlot(tensor, IsState: false))
            .Concat(info.State.Select(tensor => new TensorSlot(tensor, IsState: true)));

    /// <summary>The tensor of a name, for a span of the caller's that must be of its length.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, or the span is of another length.</exception>
    public static TensorSlot Find(NetworkInfo info, string name, int length, string parameter)
    {
        foreach (TensorSlot slot in Of(info))
        {
            if (slot.Tensor.Name == name)
            {
                Shape shape = slot.Tensor.Shape;
                return length == shape.Count ? slot : throw new ArgumentException(
                    $"Expected {shape.Count} {(shape.Count == 1 ? "float" : "floats")} ({shape}) for {name}, got {length}.", parameter);
            }
        }
        throw new ArgumentException(
            $"Expected a tensor of {info.Name} ({string.Join(", ", Of(info).Select(slot => slot.Tensor.Name))}), got {name}.", nameof(name));
    }

    /// <summary>Copies the tensor in PyTorch's order.</summary>
    public void Export(INetwork network, Span<float> destination) => TensorLayouts.ToRowMajor(Buffer(network), Tensor, destination);

    /// <summary>Overwrites the tensor from PyTorch's order.</summary>
    public void Import(INetwork network, ReadOnlySpan<float> source) => TensorLayouts.FromRowMajor(source, Tensor, Buffer(network));

    private Span<float> Buffer(INetwork network) => IsState ? network.State : network.Parameters;
}
