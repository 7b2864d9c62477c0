using System.Globalization;
using System.Text;
using CsvHelper;
using Categories = System.Collections.Generic.IReadOnlyDictionary<string, System.Collections.Generic.IReadOnlyList<string>>;

namespace NetGen.Training;

/// <summary>Reads one CSV file, checking every cell; what it throws names the file, line and column.</summary>
internal sealed class CsvDatasetReader : IDisposable
{
    private readonly string _file;
    private readonly CsvReader _reader;
    private readonly CsvOptions _options;
    private readonly string[] _columns;
    private readonly string _learned;
    private readonly byte[][] _missing;
    private bool _inFirstRow = true;

    private CsvDatasetReader(string file, TextReader reader, string learned, CsvOptions options)
    {
        _file = file;
        _learned = learned;
        _options = options;
        _missing = [.. options.MissingValues.Select(Encoding.UTF8.GetBytes)];
        // The header is read as a row like any other, so that its line is known.
        CsvReaderOptions readerOptions = new()
        {
            Separator = options.Separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        _reader = CsvReader.Create(reader, readerOptions, leaveOpen: true);
        if (!Read())
        {
            throw new DatasetFormatException($"{file} is empty; expected {(options.HasHeader ? "a header and rows" : "rows")}.") { File = file };
        }
        _columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(i =>
            options.HasHeader ? _reader.GetString(i) : "column" + (i + 1).ToString(CultureInfo.InvariantCulture))];
        foreach (IGrouping<string, string> same in _columns.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            throw BadFormat(same.Key, $"expected a name once in the header, found it {same.Count()} times. Rename all but one.");
        }
    }

    public void Dispose() => _reader.Dispose();

    public static Dataset ReadClasses(string file, TextReader reader, string label, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(label);
        using CsvDatasetReader csv = new(file, reader, $"\"{label}\"", options);
        int labelColumn = csv.Find(label, nameof(label));
        int[] featureColumns = csv.FindFeatures([labelColumn]);
        CsvFeature[] features = csv.Features(featureColumns);
        List<string> labels = [];
        csv.ReadRows(() =>
        {
            csv.ReadFeatures(featureColumns, features);
            labels.Add(csv.ReadLabel(labelColumn));
        });
        (int[] classes, string[] names) = ClassLabels.Index(labels);
        (float[] values, string[] featureNames, Categories categories) = Assemble(file, features, labels.Count);
        return Dataset.FromArrays(values, featureNames.Length, classes, names, featureNames: featureNames, allowMissing: options.MissingValues.Count > 0).With(categories);
    }

    public static Dataset ReadTargets(string file, TextReader reader, IReadOnlyList<string> targets, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0 || targets.Distinct().Count() < targets.Count)
        {
            throw new ArgumentException("Expected one or more different columns.", nameof(targets));
        }
        string learned = "targets: " + string.Join(", ", targets.Select(target => $"\"{target}\""));
        using CsvDatasetReader csv = new(file, reader, learned, options);
        int[] targetColumns = [.. targets.Select(target => csv.Find(target, nameof(targets)))];
        int[] featureColumns = csv.FindFeatures(targetColumns);
        CsvFeature[] features = csv.Features(featureColumns);
        List<float> values = [];
        csv.ReadRows(() =>
        {
            csv.ReadFeatures(featureColumns, features);
            csv.ReadNumbers(targetColumns, values);
        });
        (float[] inputs, string[] featureNames, Categories categories) = Assemble(file, features, values.Count / targetColumns.Length);
        return Dataset.FromArrays(
            inputs, featureNames.Length, [.. values], targetColumns.Length, featureNames: featureNames, targetNames: csv.NamesOf(targetColumns),
            allowMissing: options.MissingValues.Count > 0).With(categories);
    }

    /// <summary>Whether a cell holds a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, out float number) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    /// <summary>The features of all rows, and what the columns that name a category came to.</summary>
    private static (float[] Values, string[] Names, Categories Categories) Assemble(string file, CsvFeature[] columns, int rows)
    {
        Dictionary<string, IReadOnlyList<string>> categories = [];
        foreach (CsvCategory column in columns.OfType<CsvCategory>())
        {
            column.Complete();
            categories.Add(column.Name, column.Categories);
        }
        string[][] names = [.. columns.Select(column => column.FeatureNames)];
        int width = names.Sum(name => name.Length);
        // A short file comes to this by one-hot columns alone, whose floats are its categories times its rows.
        if ((long)rows * width > Array.MaxLength)
        {
            throw new DatasetFormatException(
                $"{file}: {rows} rows of {width} features are more than {Array.MaxLength} numbers, the most that is read. "
                + $"A column of many categories is one of {nameof(CsvOptions.IndexedColumns)}.")
            {
                File = file,
            };
        }
        float[] values = new float[rows * width];
        for (int row = 0; row < rows; row++)
        {
            int place = row * width;
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Write(row, values.AsSpan(place, names[i].Length));
                place += names[i].Length;
            }
        }
        return (values, [.. names.SelectMany(name => name)], categories);
    }

    private CsvFeature[] Features(int[] columns)
    {
        int[] oneHot = [.. _options.OneHotColumns.Select(name => Find(name, nameof(CsvOptions.OneHotColumns)))];
        int[] indexed = [.. _options.IndexedColumns.Select(name => Find(name, nameof(CsvOptions.IndexedColumns)))];
        foreach (int column in oneHot.Intersect(indexed).Concat(oneHot.Concat(indexed).Except(columns)))
        {
            throw new ArgumentException(
                $"Column \"{_columns[column]}\" is to be a category, but also something else: name it once in {nameof(CsvOptions.OneHotColumns)} or {nameof(CsvOptions.IndexedColumns)}, "
                + $"and neither in {nameof(CsvOptions.IgnoredColumns)} nor as what is learned.");
        }
        foreach (string name in _options.Categories.Keys.Except(_options.OneHotColumns).Except(_options.IndexedColumns))
        {
            throw new ArgumentException(
                $"{nameof(CsvOptions.Categories)} has the column \"{name}\", which is neither in {nameof(CsvOptions.OneHotColumns)} "
                + $"nor in {nameof(CsvOptions.IndexedColumns)}.");
        }
        foreach ((string name, IReadOnlyList<string> categories) in _options.Categories)
        {
            if (categories.GroupBy(category => category).FirstOrDefault(group => group.Count() > 1) is { } same)
            {
                throw new ArgumentException(
                    $"{nameof(CsvOptions.Categories)} of the column \"{name}\" has \"{same.Key}\" {same.Count()} times; expected each once.");
            }
        }
        return [.. columns.Select<int, CsvFeature>(column => oneHot.Contains(column) || indexed.Contains(column)
            ? new CsvCategory(_columns[column], oneHot.Contains(column), _missing, _options.Categories.GetValueOrDefault(_columns[column]))
            : new CsvNumber(_columns[column], _missing))];
    }

    private void ReadFeatures(int[] columns, CsvFeature[] features)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (features[i].Add(_reader.GetSpan(columns[i])) is { } expected)
            {
                throw BadCell(columns[i], expected);
            }
        }
    }

    private int Find(string name, string argument)
    {
        int column = Array.IndexOf(_columns, name);
        return column >= 0
            ? column
            : throw new ArgumentException(
                $"{_file} has no column \"{name}\". Its columns are {string.Join(", ", _columns)}.{SeparatorAdvice()}", argument);
    }

    /// <summary>What to do about a header that is one cell, because the file's separator is another; empty where it is not.</summary>
    private string SeparatorAdvice()
    {
        char other = _columns is [string only] ? ",;\t".FirstOrDefault(c => c != _options.Separator && only.Contains(c)) : default;
        return other == default
            ? ""
            : $" That is one column: set {nameof(CsvOptions)}.{nameof(CsvOptions.Separator)} = '{(other == '\t' ? "\\t" : other)}'.";
    }

    private int[] FindFeatures(int[] others)
    {
        int[] ignored = [.. _options.IgnoredColumns.Select(name => Find(name, nameof(CsvOptions.IgnoredColumns)))];
        foreach (int column in ignored.Intersect(others))
        {
            throw new ArgumentException(
                $"Column \"{_columns[column]}\" is to be ignored and to be learned; take it out of {nameof(CsvOptions.IgnoredColumns)}.");
        }
        int[] features = [.. Enumerable.Range(0, _columns.Length).Except(others).Except(ignored)];
        return features.Length > 0
            ? features
            : throw new DatasetFormatException($"{_file} has no column left to be a feature; its columns are {string.Join(", ", _columns)}.")
            {
                File = _file,
            };
    }

    private string[] NamesOf(int[] columns) => [.. columns.Select(column => _columns[column])];

    private void ReadRows(Action readRow)
    {
        // Without a header, the first row has been read already.
        if (_options.HasHeader && !Read())
        {
            throw new DatasetFormatException($"{_file} has a header but no rows.") { File = _file };
        }
        do
        {
            if (_reader.FieldCount != _columns.Length)
            {
                string like = _options.HasHeader ? "header" : "first row";
                throw BadFormat(column: null, $"expected {_columns.Length} cells, as in the {like}, found {_reader.FieldCount}.");
            }
            readRow();
            _inFirstRow = false;
        }
        while (Read());
    }

    private void ReadNumbers(int[] columns, List<float> numbers)
    {
        foreach (int column in columns)
        {
            CheckThere(column, "a target");
            if (!TryParse(_reader.GetSpan(column), out float number))
            {
                throw BadCell(column, "a finite number");
            }
            numbers.Add(number);
        }
    }

    private string ReadLabel(int column)
    {
        CheckThere(column, "a label");
        string cell = _reader.GetString(column);
        return cell.Length > 0 ? cell : throw BadCell(column, "a label");
    }

    /// <summary>What is learned has to be there, also where its text could be read.</summary>
    private void CheckThere(int column, string expected)
    {
        if (CsvFeature.IsMissing(_reader.GetSpan(column), _missing))
        {
            string cell = $"\"{_reader.GetString(column)}\"";
            throw BadFormat(
                _columns[column],
                $"expected {expected}, found {cell}, which is one of {nameof(CsvOptions)}.{nameof(CsvOptions.MissingValues)}. What is learned has to be there: delete the row, "
                + $"or take {cell} out of these.");
        }
    }

    private bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (DecoderFallbackException exception)
        {
            throw new DatasetFormatException($"{_file}: expected UTF-8 text. {exception.Message} Save the file as UTF-8.", exception) { File = _file };
        }
        catch (CsvFormatException exception)
        {
            int line = (int)exception.LineNumber;
            throw new DatasetFormatException($"{_file}, line {line}: {exception.Message}", exception) { File = _file, Line = line };
        }
    }

    private DatasetFormatException BadCell(int column, string expected)
    {
        string cell = _reader.GetString(column);
        string found = cell.Length > 0 ? $"\"{cell}\"" : "an empty cell";
        // Text from the first row on is seldom a slip in that row.
        bool isText = cell.Length > 0 && !float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        string advice = _inFirstRow && isText
            ? $"If \"{_columns[column]}\" is the label, pass label: \"{_columns[column]}\" (now {_learned})"
            : "Correct or delete the row";
        return BadFormat(
            _columns[column],
            $"expected {expected}, found {found}. {advice}; a feature can also be left out by CsvOptions.{nameof(CsvOptions.IgnoredColumns)}. "
            + $"{nameof(CsvOptions.OneHotColumns)} are for categories, {nameof(CsvOptions.MissingValues)} for cells without a number.");
    }

    private DatasetFormatException BadFormat(string? column, string problem)
    {
        int line = (int)_reader.LineNumber;
        string place = column is null ? "" : $", column {Array.IndexOf(_columns, column) + 1} \"{column}\"";
        return new DatasetFormatException($"{_file}, line {line}{place}: {problem}") { File = _file, Line = line, Column = column };
    }
}
