using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

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

/// <summary>The first lanes, 1 to 15: pixels of few channels. Loads do not ask, as those of <see cref="Cut"/> do, whether all lanes are there.</summary>
internal readonly unsafe struct Masked : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int lanes) where V : struct, IVector16<V> => V.LoadPartial(in *source, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V vector, float* destination, int lanes) where V : struct, IVector16<V> => V.StorePartial(vector, ref *destination, lanes);
}

/// <summary>The first lanes, 1 to 15, where 16 may be read: what lies behind a pixel is the next one, and is not stored.</summary>
internal readonly unsafe struct Overread : IRowEnd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int lanes) where V : struct, IVector16<V> => V.Load(in *source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V vector, float* destination, int lanes) where V : struct, IVector16<V> => V.StorePartial(vector, ref *destination, lanes);
}
