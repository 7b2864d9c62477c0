using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><c>g += decay p; s += g^2; p -= rate g / (sqrt(s) + epsilon)</c>.</summary>
internal readonly struct AdagradRule(float rate, float decay, float epsilon) : IUpdateRule
{
    public int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        gradient = V.MultiplyAdd(V.Broadcast(decay), parameter, gradient);
        first = V.MultiplyAdd(gradient, gradient, first);
        return parameter - V.Broadcast(rate) * gradient / (V.Sqrt(first) + V.Broadcast(epsilon));
    }
}
