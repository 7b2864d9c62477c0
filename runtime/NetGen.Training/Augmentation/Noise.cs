namespace NetGen.Training;

/// <summary>Adds a normally distributed number to each input.</summary>
public sealed class Noise : IAugmentation
{
    private readonly float _deviation;

    /// <summary>Noise of a standard deviation.</summary>
    /// <param name="deviation">On the scale of the data, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public Noise(float deviation)
    {
        if (!(deviation > 0 && float.IsFinite(deviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, $"Expected a finite deviation above 0, got {deviation}.");
        }
        _deviation = deviation;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An input of the network is of ids.</exception>
    public void Check(NetworkInfo network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Inputs.FirstOrDefault(input => input.Vocabulary > 0) is { } ids)
        {
            throw new ArgumentException($"Noise is for numbers; input {ids.Name} of {network.Name} is of ids.");
        }
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, NetworkInfo network, ref SplitMix64 random)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] += _deviation * (float)random.NextGaussian();
        }
    }

    /// <summary>The settings: <c>Noise(deviation 0.1)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"Noise(deviation {_deviation})");
}
