using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>One vector side by side.</summary>
internal unsafe struct Row1<V, TEnd> : ITileRow<Row1<V, TEnd>, V> where V : struct, IVector16<V> where TEnd : struct, IRowEnd
{
    private V _a;

    public static int Vectors => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<V, TEnd> Load(float* source, int lanes) => new() { _a = TEnd.Load<V>(source, lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* x, in Row1<V, TEnd> b)
    {
        _a = V.MultiplyAdd(in *x, b._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V x, in Row1<V, TEnd> b)
    {
        _a = V.MultiplyAdd(x, b._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<TEpilogue>(float* c, int lanes, in TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue
    {
        TEnd.Store(epilogue.Finish<V, TEnd>(_a, c, 0, lanes), c, lanes);
    }
}

/// <summary>Two vectors side by side.</summary>
internal unsafe struct Row2<V, TEnd> : ITileRow<Row2<V, TEnd>, V> where V : struct, IVector16<V> where TEnd : struct, IRowEnd
{
    private V _a, _b;

    public static int Vectors => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<V, TEnd> Load(float* source, int lanes) => new() { _a = V.Load(in source[0]), _b = TEnd.Load<V>(source + 16, lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* x, in Row2<V, TEnd> b) => Add(V.Broadcast(*x), in b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V x, in Row2<V, TEnd> b)
    {
        _a = V.MultiplyAdd(x, b._a, _a);
        _b = V.MultiplyAdd(x, b._b, _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<TEpilogue>(float* c, int lanes, in TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue
    {
        V.Store(epilogue.Finish<V, Whole>(_a, c, 0, 16), ref c[0]);
        TEnd.Store(epilogue.Finish<V, TEnd>(_b, c + 16, 16, lanes), c + 16, lanes);
    }
}

/// <summary>Three vectors side by side.</summary>
internal unsafe struct Row3<V, TEnd> : ITileRow<Row3<V, TEnd>, V> where V : struct, IVector16<V> where TEnd : struct, IRowEnd
{
    private V _a, _b, _c;

    public static int Vectors => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<V, TEnd> Load(float* source, int lanes) => new() { _a = V.Load(in source[0]), _b = V.Load(in source[16]), _c = TEnd.Load<V>(source + 32, lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* x, in Row3<V, TEnd> b) => Add(V.Broadcast(*x), in b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V x, in Row3<V, TEnd> b)
    {
        _a = V.MultiplyAdd(x, b._a, _a);
        _b = V.MultiplyAdd(x, b._b, _b);
        _c = V.MultiplyAdd(x, b._c, _c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<TEpilogue>(float* c, int lanes, in TEpilogue epilogue) where TEpilogue : struct, ITileEpilogue
    {
        V.Store(epilogue.Finish<V, Whole>(_a, c, 0, 16), ref c[0]);
        V.Store(epilogue.Finish<V, Whole>(_b, c + 16, 16, 16), ref c[16]);
        TEnd.Store(epilogue.Finish<V, TEnd>(_c, c + 32, 32, lanes), c + 32, lanes);
    }
}
