namespace NetGen.Training;

/// <summary>Operations on the rows of row-major matrices.</summary>
internal static class Rows
{
    /// <summary>
    /// Copies the rows of <paramref name="source"/> named by <paramref name="rows"/>, <paramref name="width"/> elements each, one after the other.
    /// </summary>
    public static void Gather<T>(ReadOnlySpan<T> source, int width, ReadOnlySpan<int> rows, Span<T> destination)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * width, width).CopyTo(destination[(i * width)..]);
        }
    }

    /// <summary>Puts <paramref name="order"/> into a random order, each equally likely (Fisher and Yates; Durstenfeld 1964).</summary>
    public static void Shuffle(Span<int> order, ref SplitMix64 random)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Fills <paramref name="order"/> with 0, 1, 2 and so on.</summary>
    public static void Count(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }
}
