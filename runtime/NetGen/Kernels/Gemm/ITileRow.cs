namespace NetGen.CompilerServices;

/// <summary>One row of a tile of sums: a few vectors side by side, kept in registers.</summary>
/// <remarks>
/// The methods change the row in place and take their operands by reference: so the JIT keeps every field in one register. Rows that are passed and
/// returned by value cost a copy for each field.
/// </remarks>
internal unsafe interface ITileRow<TSelf, V> where TSelf : struct, ITileRow<TSelf, V> where V : struct, IVector16<V>
{
    /// <summary>Vectors in a row.</summary>
    static abstract int Vectors { get; }

    /// <summary>Reads a row; of its last vector the first <paramref name="lanes"/>.</summary>
    static abstract TSelf Load(float* source, int lanes);

    /// <summary>Adds the number at <paramref name="x"/> times <paramref name="b"/>.</summary>
    void Add(float* x, in TSelf b);

    /// <summary>Adds <paramref name="x"/>, the same in all lanes, times <paramref name="b"/>.</summary>
    void Add(V x, in TSelf b);

    /// <summary>Writes what the epilogue makes of the row; of its last vector the first <paramref name="lanes"/>.</summary>
    void Store<TEpilogue>(float* c, int lanes, in TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue;
}
