namespace NetGen.Training;

/// <summary>Which steps of a batch's sequences a metric counts.</summary>
internal static class PaddedSteps
{
    /// <summary>How many steps of each sample count; empty where all do: without lengths, and where a sample has one row of outputs.</summary>
    /// <param name="batch">At least one sample.</param>
    /// <param name="steps">Rows of outputs that a sample has.</param>
    /// <exception cref="ArgumentException">There is not a length for each sample, or one is out of range.</exception>
    public static ReadOnlySpan<int> LengthsOf(in Batch batch, int steps)
    {
        if (batch.Lengths.IsEmpty || steps <= 1)
        {
            return [];
        }
        if (batch.Lengths.Length != batch.Count)
        {
            throw new ArgumentException($"Expected {batch.Count} lengths, one a sample, got {batch.Lengths.Length}.", nameof(batch));
        }
        int sample = batch.Lengths.IndexOfAnyExceptInRange(1, steps);
        return sample < 0 ? batch.Lengths : throw new ArgumentException(
            $"Sample {sample} has a length of {batch.Lengths[sample]} steps; expected 1 to {steps}, as it has outputs. Leave lengths out where they count other steps than those.",
            nameof(batch));
    }

    /// <summary>A row of outputs in words.</summary>
    public static string Name(int row, int steps) => steps == 1 ? $"Sample {row}" : $"Sample {row / steps}, step {row % steps}";
}
