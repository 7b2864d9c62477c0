namespace NetGen.Training;

/// <summary>
/// Mixes each sample of a batch with the next one, inputs and targets alike: <c>x = w x_i + (1 - w) x_j</c>, w being drawn from Beta(alpha, alpha) and at least 1/2. Classes become
/// probabilities (Zhang et al., "mixup: Beyond empirical risk minimization", 2018).
/// </summary>
internal static class MixUp
{
    /// <summary>Checks that samples can be mixed.</summary>
    /// <exception cref="ArgumentException">They have lengths, several classes, or ids among their inputs.</exception>
    public static void Check(NetworkInfo network, Dataset data)
    {
        if (!data.Lengths.IsEmpty || data.ClassesPerSample > 1 || network.Inputs.Any(input => input.Vocabulary > 0))
        {
            throw new ArgumentException(
                $"MixUp: expected samples of numbers with one class or a target each; {(data.Lengths.IsEmpty ? "" : "these have lengths, ")}"
                + $"{(data.ClassesPerSample > 1 ? $"these have {data.ClassesPerSample} classes a sample" : "a mixture of ids means nothing")}. Leave it at 0.");
        }
    }

    /// <summary>Mixes a batch that was gathered.</summary>
    /// <param name="buffer">Where the batch is.</param>
    /// <param name="first">A copy of the first sample's features and target, which are overwritten before the last one needs them.</param>
    /// <param name="alpha">Above 0, up to 1: how strongly.</param>
    /// <param name="seed">With <paramref name="step"/> decides the weights.</param>
    /// <param name="step">Which batch this is.</param>
    public static void Apply(BatchBuffer buffer, (float[] Inputs, float[] Target) first, float alpha, ulong seed, long step)
    {
        int count = buffer.Batch.Count;
        buffer.InputsOf(0).CopyTo(first.Inputs);
        buffer.TargetOf(0).CopyTo(first.Target);
        SplitMix64 random = new(seed, stream: unchecked((ulong)step));
        for (int i = 0; i < count; i++)
        {
            bool isLast = i == count - 1;
            float weight = (float)Weight(ref random, alpha);
            Mix(buffer.InputsOf(i), isLast ? first.Inputs : buffer.InputsOf(i + 1), weight);
            Mix(buffer.TargetOf(i), isLast ? first.Target : buffer.TargetOf(i + 1), weight);
        }
    }

    /// <summary>From Beta(alpha, alpha) by Jöhnk's method (1964), or what it lacks to 1, whichever is larger.</summary>
    private static double Weight(ref SplitMix64 random, float alpha)
    {
        while (true)
        {
            (double u, double v) = (Math.Pow(random.NextDouble(), 1.0 / alpha), Math.Pow(random.NextDouble(), 1.0 / alpha));
            if (u + v <= 1)
            {
                // Both may be too small for a double where alpha is small; then one is far smaller than the other.
                return u + v > 0 ? Math.Max(u, v) / (u + v) : 1;
            }
        }
    }

    private static void Mix(Span<float> own, ReadOnlySpan<float> other, float weight)
    {
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = weight * own[i] + (1 - weight) * other[i];
        }
    }
}
