using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>p *= kept; p -= rate sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g</c>.</summary>
internal readonly struct LionRule(float kept, float rate, float beta1, float beta2) : IUpdateRule
{
    public int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        V zero = V.Broadcast(0), one = V.Broadcast(1);
        V direction = V.MultiplyAdd(V.Broadcast(beta1), first, V.Broadcast(1 - beta1) * gradient);
        V sign = V.SelectGreater(direction, zero, one, V.SelectGreater(zero, direction, -one, zero));
        first = V.MultiplyAdd(V.Broadcast(beta2), first, V.Broadcast(1 - beta2) * gradient);
        return V.Broadcast(kept) * parameter - V.Broadcast(rate) * sign;
    }
}
