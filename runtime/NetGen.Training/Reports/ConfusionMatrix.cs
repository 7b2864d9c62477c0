using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    internal ConfusionMatrix(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, IReadOnlyList<string> classNames)
    {
        ClassNames = classNames;
        _counts = new int[classNames.Count, classNames.Count];
        for (int i = 0; i < actual.Length; i++)
        {
            _counts[actual[i], predicted[i]]++;
        }
    }

    /// <summary>The names of the classes in order of their index.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Samples of class <paramref name="actual"/> that were taken for class <paramref name="predicted"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such class.</exception>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Samples of class <paramref name="index"/>.</summary>
    public int Actual(int index) => Enumerable.Range(0, ClassNames.Count).Sum(predicted => _counts[index, predicted]);

    /// <summary>Samples that were taken for class <paramref name="index"/>.</summary>
    public int Predicted(int index) => Enumerable.Range(0, ClassNames.Count).Sum(actual => _counts[actual, index]);

    /// <summary>A table: a row for each actual class, a column for each predicted one.</summary>
    public override string ToString()
    {
        int nameWidth = Math.Max("actual".Length, ClassNames.Max(name => name.Length));
        int width = 1 + Math.Max(ClassNames.Max(name => name.Length), _counts.Cast<int>().Max().ToString(CultureInfo.InvariantCulture).Length);
        StringBuilder text = new();
        text.Append("actual".PadLeft(nameWidth)).Append(" \\ predicted\n").Append(' ', nameWidth + 1);
        foreach (string name in ClassNames)
        {
            text.Append(name.PadLeft(width));
        }
        text.Append('\n');
        for (int actual = 0; actual < ClassNames.Count; actual++)
        {
            text.Append(ClassNames[actual].PadLeft(nameWidth)).Append(' ');
            for (int predicted = 0; predicted < ClassNames.Count; predicted++)
            {
                text.Append(_counts[actual, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(width));
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
