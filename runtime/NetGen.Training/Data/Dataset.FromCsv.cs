using System.Text;

namespace NetGen.Training;

public sealed partial class Dataset
{
    /// <summary>
    /// Reads samples with classes from a CSV file. Every column but the label and the ignored ones is a feature. Labels are text or integers;
    /// classes are indexed in numeric order if all labels are integers, and in ordinal order of their text if not.
    /// </summary>
    /// <param name="path">The file; UTF-8.</param>
    /// <param name="label">The name of the column that holds the class.</param>
    /// <param name="options">How it is written; comma-separated with a header by default.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">A column that was named is not there.</exception>
    /// <exception cref="DatasetFormatException">
    /// The file holds no rows, a row of another length, an empty cell or something that is not a finite number.
    /// </exception>
    public static Dataset FromCsv(string path, string label, CsvOptions? options = null)
    {
        using StreamReader reader = Open(path);
        return CsvDatasetReader.ReadClasses(path, reader, label, options ?? new CsvOptions());
    }

    /// <summary>Reads samples with classes from CSV text. The reader is left open.</summary>
    /// <inheritdoc cref="FromCsv(string, string, CsvOptions)"/>
    public static Dataset FromCsv(TextReader reader, string label, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return CsvDatasetReader.ReadClasses("CSV", reader, label, options ?? new CsvOptions());
    }

    /// <summary>Reads samples with targets from a CSV file. Every column but the targets and the ignored ones is a feature.</summary>
    /// <param name="path">The file; UTF-8.</param>
    /// <param name="targets">The names of the columns that hold what the output should be, in the order of the outputs.</param>
    /// <param name="options">How it is written; comma-separated with a header by default.</param>
    /// <inheritdoc cref="FromCsv(string, string, CsvOptions)" path="/exception"/>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        using StreamReader reader = Open(path);
        return CsvDatasetReader.ReadTargets(path, reader, targets, options ?? new CsvOptions());
    }

    /// <summary>Reads samples with targets from CSV text. The reader is left open.</summary>
    /// <inheritdoc cref="FromCsv(string, IReadOnlyList{string}, CsvOptions)"/>
    public static Dataset FromCsv(TextReader reader, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return CsvDatasetReader.ReadTargets("CSV", reader, targets, options ?? new CsvOptions());
    }

    private static StreamReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path} (looked for {Path.GetFullPath(path)}).", path);
        }
        // Strict, because bytes of another encoding would otherwise become one and the same character, and different labels one class.
        return new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
    }
}
