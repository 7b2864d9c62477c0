using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What is done to the sums of a tile in registers, before their only store.</summary>
internal unsafe interface ITileEpilogue
{
    /// <summary>What is stored for <paramref name="sum"/> at <paramref name="c"/>.</summary>
    V Finish<V, TEnd>(V sum, float* c, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd;
}

/// <summary><c>c = f(sum)</c>.</summary>
internal readonly unsafe struct Activated<TActivation>(TActivation activation) : ITileEpilogue where TActivation : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => activation.Apply(sum);
}

/// <summary><c>c = c + sum</c>.</summary>
internal readonly unsafe struct Accumulated : ITileEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => TEnd.Load<V>(c, lanes) + sum;
}

/// <summary><c>c = f(c, sum)</c>: a step of gradient descent, c being the parameter and the sum its gradient, which is never written.</summary>
internal readonly unsafe struct Stepped<TOperator>(TOperator f) : ITileEpilogue where TOperator : struct, IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, float* c, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => f.Apply(TEnd.Load<V>(c, lanes), sum);
}
