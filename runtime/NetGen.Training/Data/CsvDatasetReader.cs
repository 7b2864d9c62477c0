using System.Globalization;
using System.Text;
using CsvHelper;

namespace NetGen.Training;

/// <summary>Reads one CSV file, checking every cell; what it throws names the file, line and column.</summary>
internal sealed class CsvDatasetReader : IDisposable
{
    private readonly string _file;
    private readonly CsvReader _reader;
    private readonly CsvOptions _options;
    private readonly string[] _columns;
    private readonly string _learned;
    private bool _inFirstRow = true;

    private CsvDatasetReader(string file, TextReader reader, string learned, CsvOptions options)
    {
        _file = file;
        _learned = learned;
        _options = options;
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
        List<float> features = [];
        List<string> labels = [];
        csv.ReadRows(() =>
        {
            csv.ReadNumbers(featureColumns, features);
            labels.Add(csv.ReadLabel(labelColumn));
        });
        (int[] classes, string[] names) = ClassLabels.Index(labels);
        return Dataset.FromArrays([.. features], featureColumns.Length, classes, names, featureNames: csv.NamesOf(featureColumns));
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
        List<float> features = [];
        List<float> values = [];
        csv.ReadRows(() =>
        {
            csv.ReadNumbers(featureColumns, features);
            csv.ReadNumbers(targetColumns, values);
        });
        return Dataset.FromArrays(
            [.. features], featureColumns.Length, [.. values], targetColumns.Length,
            featureNames: csv.NamesOf(featureColumns), targetNames: csv.NamesOf(targetColumns));
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
            if (!float.TryParse(_reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                || !float.IsFinite(number))
            {
                throw BadCell(column, "a finite number");
            }
            numbers.Add(number);
        }
    }

    private string ReadLabel(int column)
    {
        string cell = _reader.GetString(column);
        return cell.Length > 0 ? cell : throw BadCell(column, "a label");
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
            $"expected {expected}, found {found}. {advice}; a feature can also be left out by CsvOptions.{nameof(CsvOptions.IgnoredColumns)}.");
    }

    private DatasetFormatException BadFormat(string? column, string problem)
    {
        int line = (int)_reader.LineNumber;
        string place = column is null ? "" : $", column {Array.IndexOf(_columns, column) + 1} \"{column}\"";
        return new DatasetFormatException($"{_file}, line {line}{place}: {problem}") { File = _file, Line = line, Column = column };
    }
}
