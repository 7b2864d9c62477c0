using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What is done to the sums of a tile in registers, before their only store.</summary>
internal unsafe interface ITileEpilogue
{
    /// <summary>What is stored for <paramref name="sum"/> at <paramref name="c"/>, <paramref name="column"/> columns right of the strip's first.</summary>
    V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd;

    /// <summary>Goes on with a strip that begins <paramref name="columns"/> further right.</summary>
    void Skip(int columns);
}

/// <summary><c>c = f(sum)</c>.</summary>
internal readonly unsafe struct Activated<TActivation>(TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => activation.Apply(sum);

    public void Skip(int columns)
    {
    }
}

/// <summary><c>c = c + sum</c>.</summary>
internal readonly unsafe struct Accumulated : ITileEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => TEnd.Load<V>(c, lanes) + sum;

    public void Skip(int columns)
    {
    }
}

/// <summary><c>c = f(c + sum)</c>, f being another epilogue: the last of several chains, where all columns are one strip.</summary>
internal readonly unsafe struct Continued<TEpilogue>(TEpilogue epilogue) : ITileEpilogue where TEpilogue : struct, ITileEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        epilogue.Finish<V, TEnd>(TEnd.Load<V>(c, lanes) + sum, c, column, lanes);

    public void Skip(int columns)
    {
    }
}

/// <summary><c>c = f(c, sum)</c>: a step of gradient descent, c being the parameter and the sum its gradient, which is never written.</summary>
internal readonly unsafe struct Stepped<TOperator>(TOperator f) : ITileEpilogue where TOperator : struct, IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => f.Apply(TEnd.Load<V>(c, lanes), sum);

    public void Skip(int columns)
    {
    }
}

/// <summary><c>c = f(sum + residual)</c>, the residual being <paramref name="distance"/> floats from c.</summary>
internal readonly unsafe struct ResidualSum<TActivation>(nint distance, TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Apply(sum + TEnd.Load<V>(c + distance, lanes));

    public void Skip(int columns)
    {
    }
}

/// <summary><c>c = f(scale * sum + shift)</c>.</summary>
internal unsafe struct ScaledSum<TActivation>(float* scale, float* shift, TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    private float* _scale = scale;
    private float* _shift = shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Apply(Affine.Of<V, TEnd>(sum, _scale, _shift, column, lanes));

    public void Skip(int columns) => Affine.Skip(ref _scale, ref _shift, columns);
}

/// <summary><c>c = f(scale * sum + shift + residual)</c>, the residual being <paramref name="distance"/> floats from c.</summary>
internal unsafe struct ScaledResidualSum<TActivation>(float* scale, float* shift, nint distance, TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    private float* _scale = scale;
    private float* _shift = shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Apply(Affine.Of<V, TEnd>(sum, _scale, _shift, column, lanes) + TEnd.Load<V>(c + distance, lanes));

    public void Skip(int columns) => Affine.Skip(ref _scale, ref _shift, columns);
}

/// <summary><c>c = f'(saved) sum</c>: a gradient through the activation before, whose saved values are <paramref name="distance"/> floats from c.</summary>
internal readonly unsafe struct Derived<TActivation>(nint distance, TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Gradient(TEnd.Load<V>(c + distance, lanes), sum);

    public void Skip(int columns)
    {
    }
}

/// <summary><c>scale * sum + shift</c>, column by column. Nothing is asked here: a branch for each vector that is stored costs as much as several products (7 cycles, measured).</summary>
file static unsafe class Affine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, TEnd>(V sum, float* scale, float* shift, int column, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        V.MultiplyAdd(sum, TEnd.Load<V>(scale + column, lanes), TEnd.Load<V>(shift + column, lanes));

    public static void Skip(ref float* scale, ref float* shift, int columns)
    {
        scale += columns;
        shift += columns;
    }
}
