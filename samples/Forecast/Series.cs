using System.Globalization;
using NetGen.Training;

/// <summary>A number a year, one year after the other.</summary>
/// <param name="FirstYear">The first.</param>
/// <param name="Values">In hundreds of sunspots, so that a network need not learn large numbers.</param>
internal sealed record Series(int FirstYear, float[] Values)
{
    /// <summary>Sunspots that a value of 1 stands for.</summary>
    public const float Unit = 100;

    /// <summary>Reads lines of a year and a number behind a header.</summary>
    /// <exception cref="FormatException">A line holds anything else, or years are missing.</exception>
    public static Series Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var values = new List<float>();
        int first = 0;
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            if (cells.Length != 2 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
                || !float.TryParse(cells[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out float value))
            {
                throw new FormatException($"{path}, line {i + 1}: expected a year and a number, such as 1700,5, got '{lines[i]}'");
            }
            first = i == 1 ? year : first;
            if (year != first + i - 1)
            {
                throw new FormatException($"{path}, line {i + 1}: expected the year {first + i - 1}, got {year}");
            }
            values.Add(value / Unit);
        }
        return new(first, [.. values]);
    }

    /// <summary>Every window of some years, with the year after each as what is to be learned.</summary>
    public Dataset Windows(int years, int length)
    {
        int count = years - length;
        var inputs = new float[count * length];
        var targets = new float[count * length];
        for (int window = 0; window < count; window++)
        {
            Values.AsSpan(window, length).CopyTo(inputs.AsSpan(window * length));
            Values.AsSpan(window + 1, length).CopyTo(targets.AsSpan(window * length));
        }
        return Dataset.FromArrays(inputs, length, targets, length);
    }
}
