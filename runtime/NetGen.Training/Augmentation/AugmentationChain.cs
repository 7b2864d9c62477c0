namespace NetGen.Training;

/// <summary>Several augmentations, one after the other.</summary>
/// <param name="parts">In the order in which they change a sample.</param>
/// <exception cref="ArgumentException">A part, or all, are null.</exception>
public sealed class AugmentationChain(params IReadOnlyList<IAugmentation> parts) : IAugmentation
{
    private readonly IAugmentation[] _parts = parts is null || parts.Contains(null!)
        ? throw new ArgumentException("Expected augmentations, got null.", nameof(parts))
        : [.. parts];

    /// <inheritdoc/>
    public void Check(NetworkInfo network)
    {
        foreach (IAugmentation part in _parts)
        {
            part.Check(network);
        }
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random)
    {
        foreach (IAugmentation part in _parts)
        {
            part.Apply(sample, network, ref random);
        }
    }

    /// <summary>The parts: <c>AugmentationChain(Noise(deviation 0.1), Noise(deviation 0.2))</c>.</summary>
    public override string ToString() => $"AugmentationChain({string.Join<IAugmentation>(", ", _parts)})";
}
