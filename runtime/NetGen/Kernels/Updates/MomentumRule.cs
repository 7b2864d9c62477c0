using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>d = g + decay p; v = momentum v + d; p -= rate v</c>, or <c>p -= rate (d + momentum v)</c> for Nesterov's.</summary>
internal readonly struct MomentumRule(float rate, float momentum, float decay, bool nesterov) : IUpdateRule
{
    public int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        V direction = V.MultiplyAdd(V.Broadcast(decay), parameter, gradient);
        V velocity = first = V.MultiplyAdd(V.Broadcast(momentum), first, direction);
        if (nesterov) velocity = V.MultiplyAdd(V.Broadcast(momentum), velocity, direction);
        return parameter - V.Broadcast(rate) * velocity;
    }
}
