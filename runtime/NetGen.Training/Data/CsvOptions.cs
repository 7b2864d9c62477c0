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

    /// <summary>
    /// What a cell holds where a number is not known, such as <c>["", "NA", "?"]</c>; none by default, so that such a cell is an error. A missing number becomes NaN, which <c>[Impute]</c>
    /// after <c>[Input]</c> replaces; of a one-hot column, zeros. Labels, targets and indexed columns have to be there: such a cell is an error in them.
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>
    /// Columns of text or numbers that name a category: each becomes as many features as it has categories, 1 for that of the row and 0 for the others, called <c>colour=red</c> and so on.
    /// </summary>
    public IReadOnlyList<string> OneHotColumns { get; init; } = [];

    /// <summary>Columns that name a category and become one feature, its index: for <c>[Input(Type = InputType.Index)]</c> and <c>[Embedding]</c>.</summary>
    public IReadOnlyList<string> IndexedColumns { get; init; } = [];

    /// <summary>
    /// The categories of a column in order, where they are not to be those of this file: <see cref="Dataset.Categories"/> of the training part for a
    /// file that is read later. A cell that is none of them is then an error. By default all that occur, in numeric order where all are integers and
    /// in ordinal order otherwise.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
