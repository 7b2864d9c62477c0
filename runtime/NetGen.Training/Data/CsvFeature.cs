using System.Text;

namespace NetGen.Training;

/// <summary>A column of a CSV file whose cells become features.</summary>
internal abstract class CsvFeature(string name)
{
    public string Name { get; } = name;

    /// <summary>Adds a cell.</summary>
    /// <returns>What was expected where the cell is not that; null where it is.</returns>
    public abstract string? Add(ReadOnlySpan<byte> cell);

    /// <summary>The names of the features, once all cells are there.</summary>
    public abstract string[] FeatureNames { get; }

    /// <summary>Writes the features of one row.</summary>
    public abstract void Write(int row, Span<float> features);

    /// <summary>Whether a cell holds one of the texts that stand for a number that is not known.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell, byte[][] missing)
    {
        foreach (byte[] text in missing)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>A column of numbers.</summary>
internal sealed class CsvNumber(string name, byte[][] missing) : CsvFeature(name)
{
    private readonly List<float> _numbers = [];

    public override string[] FeatureNames => [Name];

    public override string? Add(ReadOnlySpan<byte> cell)
    {
        if (IsMissing(cell, missing))
        {
            _numbers.Add(float.NaN);
            return null;
        }
        if (!CsvDatasetReader.TryParse(cell, out float number))
        {
            return "a finite number";
        }
        _numbers.Add(number);
        return null;
    }

    public override void Write(int row, Span<float> features) => features[0] = _numbers[row];
}

/// <summary>A column of categories.</summary>
internal sealed class CsvCategory(string name, bool oneHot, byte[][] missing, IReadOnlyList<string>? given) : CsvFeature(name)
{
    private readonly List<string> _cells = [];
    private readonly List<int> _missingRows = [];
    private readonly HashSet<string>? _given = given is null ? null : [.. given];
    private int[]? _indices;

    /// <summary>The categories in order.</summary>
    public IReadOnlyList<string> Categories { get; private set; } = given ?? [];

    public override string[] FeatureNames => oneHot ? [.. Categories.Select(category => $"{Name}={category}")] : [Name];

    public override string? Add(ReadOnlySpan<byte> text)
    {
        string cell = Encoding.UTF8.GetString(text);
        if (IsMissing(text, missing))
        {
            if (!oneHot)
            {
                return $"a category, which an indexed column has to have (without it among the {nameof(CsvOptions.MissingValues)} it would be a category of its own)";
            }
            _missingRows.Add(_cells.Count);
        }
        else if (_given?.Contains(cell) == false)
        {
            return $"one of {string.Join(", ", Categories.Take(10))}{(Categories.Count > 10 ? ", ..." : "")}";
        }
        _cells.Add(cell);
        return null;
    }

    /// <summary>Numbers the categories.</summary>
    public void Complete()
    {
        HashSet<int> missingRows = [.. _missingRows];
        if (given is null)
        {
            string[] distinct = [.. _cells.Where((_, row) => !missingRows.Contains(row)).Distinct()];
            Categories = [.. distinct.Zip(ClassLabels.Index(distinct).Classes).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        }
        Dictionary<string, int> indices = Categories.Select((category, index) => (category, index)).ToDictionary(pair => pair.category, pair => pair.index);
        _indices = [.. _cells.Select((cell, row) => missingRows.Contains(row) ? -1 : indices[cell])];
    }

    public override void Write(int row, Span<float> features)
    {
        int index = _indices![row];
        if (!oneHot)
        {
            features[0] = index;
            return;
        }
        features.Clear();
        if (index >= 0)
        {
            features[index] = 1;
        }
    }
}
