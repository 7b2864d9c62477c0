using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// <c>p - rate g</c>, rounded after the product and after the difference, so that every place that takes this step gives the same bits.
/// </summary>
internal readonly struct Descent(float rate) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient) where V : struct, ILanes<V> => parameter - V.Broadcast(rate) * gradient;
}

/// <summary><c>p - rate (g + decay p)</c>, every operation rounded, as in <see cref="Descent"/>.</summary>
internal readonly struct DecayedDescent(float rate, float decay) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient) where V : struct, ILanes<V> =>
        parameter - V.Broadcast(rate) * (gradient + V.Broadcast(decay) * parameter);
}
