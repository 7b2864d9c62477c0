namespace NetGen.CompilerServices;

/// <summary>Some queries of a sample that follow one another, and the keys that at least one of them sees.</summary>
internal readonly struct QueryBlock
{
    /// <summary>Queries of a whole block: as many as keep the scores of a block in cache and the tiles of the products busy.</summary>
    public const int Most = 32;

    private readonly int _window;
    private readonly bool _causal;

    /// <param name="shape">The layer.</param>
    /// <param name="first">The first query.</param>
    /// <param name="queries">Queries of the sample.</param>
    /// <param name="keys">Keys of the sample, at least 1.</param>
    public QueryBlock(AttentionShape shape, int first, int queries, int keys)
    {
        FirstQuery = first;
        Queries = Math.Min(Most, queries - first);
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

    /// <summary>The first key that not all queries see because it is later than some of them.</summary>
    public int FirstLateKey => _causal ? Math.Min(FirstQuery + 1, EndKey) : EndKey;

    /// <summary>The first key that is not too early for any query.</summary>
    public int EndEarlyKey => _window > 0 ? Math.Clamp(FirstQuery + Width - _window, FirstKey, EndKey) : FirstKey;

    /// <summary>The first query of the block that sees <paramref name="key"/>.</summary>
    public int FirstSeer(int key) => _causal ? key - FirstQuery : 0;

    /// <summary>Behind the last query of the block that sees <paramref name="key"/>.</summary>
    public int EndSeer(int key) => _window > 0 ? key - FirstQuery + _window : Width;
}
