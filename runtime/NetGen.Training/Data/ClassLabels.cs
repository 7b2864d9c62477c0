using System.Globalization;

namespace NetGen.Training;

/// <summary>Turns labels into class indices.</summary>
internal static class ClassLabels
{
    /// <summary>Indexes the distinct labels: in numeric order if all are integers (<c>07</c> is then <c>7</c>), else in ordinal order.</summary>
    public static (int[] Classes, string[] Names) Index(IReadOnlyList<string> labels)
    {
        long[] numbers = new long[labels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(labels[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return Index(labels, StringComparer.Ordinal, label => label);
            }
        }
        return Index(numbers, Comparer<long>.Default, number => number.ToString(CultureInfo.InvariantCulture));
    }

    private static (int[] Classes, string[] Names) Index<T>(IReadOnlyList<T> labels, IComparer<T> order, Func<T, string> name)
        where T : notnull
    {
        T[] distinct = [.. labels.Distinct().Order(order)];
        Dictionary<T, int> indices = [];
        foreach (T label in distinct)
        {
            indices.Add(label, indices.Count);
        }
        return ([.. labels.Select(label => indices[label])], [.. distinct.Select(name)]);
    }
}
