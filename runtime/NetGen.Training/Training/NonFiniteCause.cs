namespace NetGen.Training;

/// <summary>Says what made a loss infinite or not a number.</summary>
internal static class NonFiniteCause
{
    /// <summary>A sentence that names the first number of the batch that is not finite; empty where all are.</summary>
    public static string Of(in Batch batch) =>
        Of(batch.Inputs, batch.Count, "feature") + Of(batch.Targets, batch.Count, "target") + Of(batch.Weights, batch.Count, "weight");

    private static string Of(ReadOnlySpan<float> values, int samples, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                (int sample, int column) = Math.DivRem(i, values.Length / samples);
                return FormattableString.Invariant($"The batch's sample {sample} has {values[i]} as {what} {column}. ");
            }
        }
        return "";
    }
}
