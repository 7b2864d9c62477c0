namespace NetGen.CompilerServices;

/// <summary>Some queries of a sample that follow one another, and the keys that at least one of them sees.</summary>
internal readonly struct QueryBlock
{
    private readonly int _window;
    private readonly bool _causal;

    /// <param name="shape">The layer.</param>
    /// <param name="first">The first query.</param>
    /// <param name="queries">Queries of the sample.</param>
    /// <param name="keys">Keys of the sample, at least 1.</param>
    public QueryBlock(AttentionShape shape, int first, int queries, int keys)
    {
        FirstQuery = first;
        Queries = Math.Min(shape.BlockQueries, queries - first);
        Width = (Queries + 15) / 16 * 16;
        _causal = shape.Causal;
        _window = shape.Window;
        FirstKey = _window > 0 ? Math.Max(0, first - _window + 1) : 0;
        EndKey = _causal ? Math.Min(first + Queries, keys) : keys;
    }

    public int FirstQuery { get; }

    public int Queries { get; }

    /// <summary>The queries with what fills their last vector.</summary>
    public int Width { get; }

    /// <summary>The first key that a query sees.</summary>
    public int FirstKey { get; }

    /// <summary>Behind the last key that a query sees.</summary>
    public int EndKey { get; }

    public int Keys => EndKey - FirstKey;

    /// <summary>The rows of scores with a key that one of the sixteen queries from <paramref name="column"/> on sees: from the first to behind the last.</summary>
    public (int From, int To) SeenBy(int column) =>
        (_window > 0 ? Math.Clamp(Distance(0, column) - _window + 1, 0, Keys) : 0, _causal ? Math.Clamp(Distance(0, column) + 16, 0, Keys) : Keys);

    /// <summary>The rows of <see cref="SeenBy"/> that all sixteen queries see.</summary>
    public (int From, int To) SeenByAll(int column)
    {
        (int from, int to) = SeenBy(column);
        return (_window > 0 ? Math.Clamp(Distance(0, column) - _window + 16, from, to) : from, _causal ? Math.Clamp(Distance(0, column) + 1, from, to) : to);
    }

    /// <summary>Of the sixteen queries from <paramref name="column"/> on those that see the key of a row: from the first to behind the last, 0 to 16.</summary>
    public (int From, int To) Seers(int row, int column)
    {
        int distance = Distance(row, column);
        return (_causal ? Math.Clamp(-distance, 0, 16) : 0, _window > 0 ? Math.Clamp(_window - distance, 0, 16) : 16);
    }

    /// <summary>How many steps the query of a column is later than the key of a row.</summary>
    private int Distance(int row, int column) => FirstQuery + column - FirstKey - row;
}
