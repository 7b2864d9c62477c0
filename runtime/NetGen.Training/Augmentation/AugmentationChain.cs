namespace NetGen.Training;

/// <summary>Several augmentations, one after the other.</summary>
/// <param name="parts">In the order in which they change a sample.</param>
public sealed class AugmentationChain(params IReadOnlyList<IAugmentation> parts) : IAugmentation
{
    /// <inheritdoc/>
    public void Check(NetworkInfo network)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Check(network);
        }
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Apply(sample, network, ref random);
        }
    }

    /// <summary>The parts: <c>AugmentationChain(Noise(deviation 0.1), Noise(deviation 0.2))</c>.</summary>
    public override string ToString() => $"AugmentationChain({string.Join(", ", parts)})";
}
