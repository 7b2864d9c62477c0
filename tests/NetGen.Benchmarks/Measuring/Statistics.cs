namespace NetGen.Benchmarks.Measuring;

/// <summary>What a series of rounds says.</summary>
internal static class Statistics
{
    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Half the range of the middle half of the rounds, as a share of the median: how far to trust it.</summary>
    public static double Spread(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 2 / Median(values);
    }
}
