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
    /// <exception cref="ArgumentException">A share is negative, they do not sum to 1, or a part that has a share would be empty.</exception>
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

    /// <summary>
    /// Splits at random into two parts so that the samples of a group lie all in one: those of one patient, speaker or day. Groups are taken in random order until the first part has
    /// its share, as nearly as groups allow.
    /// </summary>
    /// <param name="groups"><c>[Count]</c>: the group of each sample, any numbers.</param>
    /// <param name="train">Share of the first part, 0 to 1. The shares sum to 1.</param>
    /// <param name="test">Share of the second part.</param>
    /// <param name="seed">Decides which group goes where.</param>
    /// <exception cref="ArgumentException">A share is negative, they do not sum to 1, there is not one group a sample, or a part that has a share would get no group.</exception>
    public (Dataset Train, Dataset Test) SplitByGroup(ReadOnlySpan<int> groups, double train, double test, long seed)
    {
        CheckShares([train, test]);
        List<int>[] parts = EmptyParts(2);
        double wanted = train * Count;
        foreach (int[] group in Members(groups, seed))
        {
            // To the part that it brings nearer to its share.
            parts[parts[0].Count + group.Length / 2.0 <= wanted ? 0 : 1].AddRange(group);
        }
        return (NotEmpty(parts[0], train, "first"), NotEmpty(parts[1], test, "second"));

        Dataset NotEmpty(List<int> rows, double share, string which) => rows.Count > 0 || share == 0 ? Select([.. rows]) : throw new ArgumentException(
            $"The {which} part has a share of {Print(share)}, but no group fits into it: the groups are too large. Take other shares, or GroupedFolds.", nameof(groups));
    }

    /// <summary>
    /// Splits samples in order of time into three parts that follow one another, so that nothing is learned from the future. Nothing is shuffled, and
    /// features are not copied.
    /// </summary>
    /// <param name="train">Share of the first part, 0 to 1. The shares sum to 1.</param>
    /// <param name="validation">Share of the second part.</param>
    /// <param name="test">Share of the third part.</param>
    /// <exception cref="ArgumentException">A share is negative, they do not sum to 1, or a part that has a share would be empty.</exception>
    public (Dataset Train, Dataset Validation, Dataset Test) SplitByTime(double train, double validation, double test)
    {
        double[] shares = [train, validation, test];
        CheckShares(shares);
        int[,] sizes = Apportionment.Allocate([Count], shares);
        CheckNotEmpty([sizes[0, 0], sizes[0, 1], sizes[0, 2]], shares);
        return (View(0, sizes[0, 0]), View(sizes[0, 0], sizes[0, 1]), View(sizes[0, 0] + sizes[0, 1], sizes[0, 2]));
    }

    private Dataset[] Split(double[] shares, long seed, bool stratify)
    {
        CheckShares(shares);
        bool byClass = stratify && ClassesPerSample == 1;
        int[] groupSizes = byClass ? CountClasses() : [Count];
        int[,] left = Apportionment.Allocate(groupSizes, shares);

        // Within a class, the first samples of the random order go to the first part until it has its number, the next to the second.
        List<int>[] parts = EmptyParts(shares.Length);
        foreach (int row in RandomOrder(seed))
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
        CheckNotEmpty([.. parts.Select(part => part.Count)], shares);
        return [.. parts.Select(rows => Select(rows.ToArray()))];
    }

    private int[] RandomOrder(long seed)
    {
        int[] order = new int[Count];
        Rows.Count(order);
        SplitMix64 random = new(unchecked((ulong)seed));
        Rows.Shuffle(order, ref random);
        return order;
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

    private void CheckNotEmpty(int[] sizes, double[] shares)
    {
        int empty = Enumerable.Range(0, sizes.Length).FirstOrDefault(part => sizes[part] == 0 && shares[part] > 0, -1);
        if (empty >= 0)
        {
            throw new ArgumentException(
                $"A part with a share of {Print(shares[empty])} would be empty: the data set has {Count} sample{(Count == 1 ? "" : "s")}. Take larger shares, more data, or a share of 0.");
        }
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
