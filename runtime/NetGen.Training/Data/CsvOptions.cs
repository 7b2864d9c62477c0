namespace NetGen.Training;

/// <summary>How a CSV file is read. Numbers are always written as in <c>-1.5e3</c>, whatever the machine's culture.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two cells; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>
    /// Whether the first line names the columns. Without it they are called <c>column1</c>, <c>column2</c> and so on. True by default.
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns to leave out, such as row numbers; they may hold anything.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];
}
