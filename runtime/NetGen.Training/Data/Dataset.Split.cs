using System.Globalization;

namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>
    /// Splits the samples at random into three parts. Each part is a copy in random order; every sample lies in exactly one.
    /// The same data and seed give the same parts, everywhere.
    /// </summary>
    /// <param name="train">Share of the first part, 0 to 1. The shares sum to 1.</param>
    /// <param name="validation">Share of the second part.</param>
    /// <param name="test">Share of the third part.</param>
    /// <param name="seed">Decides which sample goes where.</param>
    /// <param name="stratify">
    /// Whether each class is split in the same shares: the number of its samples in a part is <c>n share</c> rounded up or down, and so is the
    /// size of the part. Data with targets, or with several classes a sample, are split without regard to them.
    /// </param>
    /// <exception cref="ArgumentException">A share is negative, or they do not sum to 1.</exception>
    public (Dataset Train, Dataset Validation, Dataset Test) Split(double train, double validation, double test, long seed, bool stratify = true)
    {
        Dataset[] parts = Split([train, validation, test], seed, stratify);
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>Splits the samples at random into two parts, as the overload with three does.</summary>
    /// <inheritdoc cref="Split(double, double, double, long, bool)"/>
    public (Dataset Train, Dataset Test) Split(double train, double test, long seed, bool stratify = true)
    {
        Dataset[] parts = Split([train, test], seed, stratify);
        return (parts[0], parts[1]);
    }

    private Dataset[] Split(double[] shares, long seed, bool stratify)
    {
        CheckShares(shares);
        bool byClass = stratify && ClassesPerSample == 1;
        int[] groupSizes = byClass ? CountClasses() : [Count];
        int[,] left = Apportionment.Allocate(groupSizes, shares);

        int[] order = new int[Count];
        Rows.Count(order);
        SplitMix64 random = new(unchecked((ulong)seed));
        Rows.Shuffle(order, ref random);

        // Within a class, the first samples of the random order go to the first part until it has its number, the next to the second.
        List<int>[] parts = [.. shares.Select(_ => new List<int>())];
        foreach (int row in order)
        {
            int group = byClass ? _classes[row] : 0;
            int part = 0;
            while (left[group, part] == 0)
            {
                part++;
            }
            left[group, part]--;
            parts[part].Add(row);
        }
        return [.. parts.Select(rows => Select(rows.ToArray()))];
    }

    private int[] CountClasses()
    {
        int[] counts = new int[ClassNames.Count];
        foreach (int index in _classes)
        {
            counts[index]++;
        }
        return counts;
    }

    private static void CheckShares(double[] shares)
    {
        string given = string.Join(", ", shares.Select(Print));
        if (!shares.All(share => share >= 0))
        {
            throw new ArgumentException($"Expected shares of at least 0, got {given}.");
        }
        if (!(Math.Abs(shares.Sum() - 1) <= 1e-6))
        {
            throw new ArgumentException($"Expected shares that sum to 1, got {given}, which sum to {Print(shares.Sum())}.");
        }
    }

    // 15 digits: the last ones of a double are those of rounding, as in 0.7 + 0.1 + 0.1.
    private static string Print(double share) => share.ToString("G15", CultureInfo.InvariantCulture);
}
