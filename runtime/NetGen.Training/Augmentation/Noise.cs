namespace NetGen.Training;

/// <summary>Adds a normally distributed number to each input.</summary>
/// <param name="deviation">The standard deviation, on the scale of the data: finite, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="deviation"/> is out of range.</exception>
public sealed class Noise(float deviation) : IAugmentation
{
    private readonly float _deviation = Setting.That(deviation > 0 && float.IsFinite(deviation), deviation, "a finite number above 0", nameof(deviation));

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
