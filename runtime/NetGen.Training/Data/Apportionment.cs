namespace NetGen.Training;

/// <summary>
/// Divides groups of things into parts of given shares, so that every number is its exact quota rounded up or down: of each group in each part,
/// and of each part's total. That both hold at once is always possible (Cox, "A constructive procedure for unbiased controlled rounding", 1987).
/// </summary>
internal static class Apportionment
{
    /// <summary>Quotas closer than this to an integer are integers; <c>100 * 0.29</c> is 28.999999999999996.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>How many of each group go to each part: <c>[group, part]</c>.</summary>
    /// <param name="groupSizes">Things in each group.</param>
    /// <param name="shares">Of each part; they sum to nearly 1.</param>
    public static int[,] Allocate(int[] groupSizes, double[] shares)
    {
        int parts = shares.Length;
        double[][] quotas = [.. groupSizes.Select(size => Quotas(size, shares))];
        int[,] allocated = new int[groupSizes.Length, parts];
        int[] surplus = [.. LargestRemainder(groupSizes.Sum(), Quotas(groupSizes.Sum(), shares)).Select(size => -size)];
        for (int group = 0; group < groupSizes.Length; group++)
        {
            int[] row = LargestRemainder(groupSizes[group], quotas[group]);
            for (int part = 0; part < parts; part++)
            {
                allocated[group, part] = row[part];
                surplus[part] += row[part];
            }
        }

        // Each group is right by itself; move single things until the totals are right as well.
        while (Array.FindIndex(surplus, s => s > 0) is var from and >= 0)
        {
            int to = Array.FindIndex(surplus, s => s < 0);
            if (!TryMove(allocated, quotas, from, to))
            {
                int via = Enumerable.Range(0, parts).First(part =>
                    part != from && part != to && FindGroup(allocated, quotas, from, part) >= 0 && FindGroup(allocated, quotas, part, to) >= 0);
                TryMove(allocated, quotas, from, via);
                TryMove(allocated, quotas, via, to);
            }
            surplus[from]--;
            surplus[to]++;
        }
        return allocated;
    }

    /// <summary>Rounds quotas down, then gives what is left to the largest remainders; the first wins a tie.</summary>
    private static int[] LargestRemainder(int size, double[] quotas)
    {
        int[] rounded = [.. quotas.Select(quota => (int)quota)];
        int left = size - rounded.Sum();
        foreach (int part in Enumerable.Range(0, quotas.Length).OrderByDescending(part => quotas[part] - (int)quotas[part]).Take(left))
        {
            rounded[part]++;
        }
        return rounded;
    }

    private static bool TryMove(int[,] allocated, double[][] quotas, int from, int to)
    {
        int group = FindGroup(allocated, quotas, from, to);
        if (group < 0)
        {
            return false;
        }
        allocated[group, from]--;
        allocated[group, to]++;
        return true;
    }

    /// <summary>
    /// The group whose number was rounded up in one part and down in the other, and where moving one costs the least; -1 if there is none.
    /// </summary>
    private static int FindGroup(int[,] allocated, double[][] quotas, int from, int to)
    {
        int best = -1;
        double least = double.PositiveInfinity;
        for (int group = 0; group < quotas.Length; group++)
        {
            double above = allocated[group, from] - quotas[group][from];
            double below = quotas[group][to] - allocated[group, to];
            if (above > 0 && below > 0 && -above - below < least)
            {
                least = -above - below;
                best = group;
            }
        }
        return best;
    }

    private static double[] Quotas(int size, double[] shares)
    {
        double sum = shares.Sum();
        return [.. shares.Select(share => Snap(size * share / sum))];
    }

    private static double Snap(double quota) => Math.Abs(quota - Math.Round(quota)) < Tolerance * Math.Max(1, quota) ? Math.Round(quota) : quota;
}
