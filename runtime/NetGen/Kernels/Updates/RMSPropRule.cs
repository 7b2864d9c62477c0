using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The numbers of one step of RMSProp that are the same for all parameters.</summary>
/// <param name="Penalty">How much of the parameter is added to its gradient.</param>
/// <param name="Kept">Alpha.</param>
/// <param name="New">1 - alpha.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Momentum">How much of the last step's direction is kept.</param>
/// <param name="Epsilon">Added to the root.</param>
/// <param name="Centered">Whether the root is of the variance, not of the mean of squares.</param>
internal readonly record struct RMSPropNumbers(float Penalty, float Kept, float New, float Rate, float Momentum, float Epsilon, bool Centered);

/// <summary>
/// <c>g += penalty p; s = kept s + new g^2; d = g / (sqrt(s) + epsilon); b = momentum b + d; p -= rate b</c>; centered, the root is of <c>s - a^2</c>, with
/// <c>a = kept a + new g</c>. Memories are s, b and a.
/// </summary>
internal readonly struct RMSPropRule(RMSPropNumbers numbers) : IUpdateRule
{
    public int Memories => numbers.Centered ? 3 : numbers.Momentum != 0 ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        V kept = V.Broadcast(numbers.Kept), added = V.Broadcast(numbers.New);
        gradient = V.MultiplyAdd(V.Broadcast(numbers.Penalty), parameter, gradient);
        V variance = first = V.MultiplyAdd(kept, first, added * (gradient * gradient));
        if (numbers.Centered)
        {
            third = V.MultiplyAdd(kept, third, added * gradient);
            // Rounding may leave a little less than nothing.
            variance = V.Max(V.Broadcast(0), first - third * third);
        }
        V direction = gradient / (V.Sqrt(variance) + V.Broadcast(numbers.Epsilon));
        if (numbers.Momentum != 0) direction = second = V.MultiplyAdd(V.Broadcast(numbers.Momentum), second, direction);
        return parameter - V.Broadcast(numbers.Rate) * direction;
    }
}
