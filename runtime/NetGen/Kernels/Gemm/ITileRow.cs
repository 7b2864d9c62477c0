using System.Runtime.CompilerServices;

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

/// <summary>How the last vector of a row is read and written.</summary>
internal unsafe interface IRowEnd
{
    static abstract V Load<V>(float* source, int lanes) where V : struct, IVector16<V>;

    static abstract void Store<V>(V vector, float* destination, int lanes) where V : struct, IVector16<V>;
}

/// <summary>All lanes.</summary>
internal readonly unsafe struct Whole : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int lanes) where V : struct, IVector16<V> => V.Load(in *source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V vector, float* destination, int lanes) where V : struct, IVector16<V> => V.Store(vector, ref *destination);
}

/// <summary>The first lanes, 1 to 16: the end of a matrix whose columns do not fill its last vector.</summary>
internal readonly unsafe struct Cut : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int lanes) where V : struct, IVector16<V> =>
        lanes == 16 ? V.Load(in *source) : V.LoadPartial(in *source, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V vector, float* destination, int lanes) where V : struct, IVector16<V> =>
        V.StorePartial(vector, ref *destination, lanes);
}
