namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>
    /// Divides the samples into <paramref name="count"/> parts of nearly equal size, each the test part of one fold whose training part are the others. A fold's parts are made when it is
    /// asked for, so that one at a time is in memory.
    /// </summary>
    /// <param name="count">How many folds, at least 2 and at most as many as there are samples.</param>
    /// <param name="seed">Decides which sample goes where.</param>
    /// <param name="stratify">Whether each class has its share in each part, as in <see cref="Split(double, double, long, bool)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    /// <exception cref="ArgumentException">There are fewer samples than folds, or with <paramref name="stratify"/>, of a class.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> Folds(int count, long seed, bool stratify = true)
    {
        CheckFolds(count, Count, "samples");
        if (stratify && ClassesPerSample == 1)
        {
            int[] sizes = CountClasses();
            int rare = Array.FindIndex(sizes, size => size > 0 && size < count);
            if (rare >= 0)
            {
                throw new ArgumentException(
                    $"Class {ClassNames[rare]} has {sizes[rare]} samples, fewer than {count} folds: some test parts would have none. Take fewer folds, or stratify: false.", nameof(count));
            }
        }
        // Dealt out like cards, class by class: of each class, and of all, no part has more than one sample more than another.
        int[] order = RandomOrder(seed);
        int[] dealt = stratify && ClassesPerSample == 1 ? [.. order.OrderBy(row => _classes[row])] : order;
        return TakeInTurn([.. Enumerable.Range(0, count).Select(part => dealt.Where((_, i) => i % count == part).ToList())]);
    }

    /// <summary>Folds in which the samples of a group lie all in the training part or all in the test part: those of one patient, speaker or day.</summary>
    /// <param name="groups"><c>[Count]</c>: the group of each sample, any numbers.</param>
    /// <param name="count">How many folds, at least 2 and at most as many as there are groups.</param>
    /// <param name="seed">Decides which of equally large groups goes where.</param>
    /// <remarks>The largest group goes to the smallest part so far, then the next, so that parts are about equally large.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    /// <exception cref="ArgumentException">There is not one group a sample, or there are fewer groups than folds.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> GroupedFolds(ReadOnlySpan<int> groups, int count, long seed)
    {
        int[][] members = Members(groups, seed);
        CheckFolds(count, members.Length, "groups");
        List<int>[] parts = EmptyParts(count);
        foreach (int[] group in members.OrderByDescending(rows => rows.Length))
        {
            parts.MinBy(part => part.Count)!.AddRange(group);
        }
        return TakeInTurn(parts);
    }

    /// <summary>Folds that never learn from the future, of samples in order of time: the test parts follow one another, and each is predicted from all that came before it.</summary>
    /// <param name="count">How many folds, at least 1; the samples are divided into one part more, the first of which is only learned.</param>
    /// <param name="gap">Samples between training and test part that are left out, such as windows that overlap both; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or <paramref name="gap"/> below 0.</exception>
    /// <exception cref="ArgumentException">There are not enough samples for so many parts, or the gap leaves nothing to learn.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> TimeFolds(int count, int gap = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        int size = Count / (count + 1);
        int first = Count - count * size;
        if (size == 0 || gap >= first)
        {
            throw new ArgumentException(
                $"{Count} samples are not enough for {count} test parts after a first part to learn from{(gap > 0 ? $" with a gap of {gap}" : "")}. "
                + $"Take fewer folds{(gap > 0 ? " or a smaller gap" : "")}.",
                nameof(count));
        }
        return Enumerable.Range(0, count).Select(fold =>
        {
            int start = first + fold * size;
            return (View(0, start - gap), View(start, size));
        });
    }

    private static List<int>[] EmptyParts(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<int>())];

    private static void CheckFolds(int count, int most, string what)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (count > most)
        {
            throw new ArgumentException($"There are {most} {what}, fewer than {count} folds. Take at most {most}.", nameof(count));
        }
    }

    private IEnumerable<(Dataset Train, Dataset Test)> TakeInTurn(List<int>[] parts) => parts.Select((test, fold) =>
        (Select([.. parts.Where((_, other) => other != fold).SelectMany(rows => rows)]), Select([.. test])));

    /// <summary>The rows of each group, the groups and the rows within them in a random order.</summary>
    private int[][] Members(ReadOnlySpan<int> groups, long seed)
    {
        CheckLength(groups.Length, Count, "groups, one a sample", nameof(groups));
        int[] own = groups.ToArray();
        return [.. RandomOrder(seed).GroupBy(row => own[row]).Select(rows => rows.ToArray())];
    }
}
