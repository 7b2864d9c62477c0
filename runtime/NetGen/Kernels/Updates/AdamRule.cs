using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The numbers of one step of Adam and its relatives that are the same for all parameters.</summary>
/// <param name="Kept">What a parameter is multiplied with first: below 1 for decoupled weight decay.</param>
/// <param name="Penalty">How much of the parameter is added to its gradient.</param>
/// <param name="KeptFirst">Beta1.</param>
/// <param name="NewFirst">1 - Beta1.</param>
/// <param name="KeptSecond">Beta2.</param>
/// <param name="NewSecond">1 - Beta2.</param>
/// <param name="Rate">The learning rate, with the corrections of both means.</param>
/// <param name="Epsilon">Added to the root of the mean of squares, before that is corrected.</param>
internal readonly record struct AdamNumbers(
    float Kept, float Penalty, float KeptFirst, float NewFirst, float KeptSecond, float NewSecond, float Rate, float Epsilon);

/// <summary>
/// <c>p *= Kept; g += Penalty p; m = KeptFirst m + NewFirst g; v = KeptSecond v + NewSecond g^2; p -= Rate m / (sqrt(v) + Epsilon)</c>: with the
/// corrections in <c>Rate</c> and <c>Epsilon</c>, one root and one division are left, and memory is the limit.
/// </summary>
internal readonly struct AdamRule(AdamNumbers numbers) : IUpdateRule
{
    public int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        Moments.Move(ref parameter, ref gradient, ref first, ref second, numbers);
        return Moments.Step(parameter, V.Broadcast(numbers.Rate) * first, second, numbers);
    }
}

/// <summary>As <see cref="AdamRule"/>, divided by the root of the largest mean of squares so far, the third memory.</summary>
internal readonly struct AmsGradRule(AdamNumbers numbers) : IUpdateRule
{
    public int Memories => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        Moments.Move(ref parameter, ref gradient, ref first, ref second, numbers);
        third = V.Max(third, second);
        return Moments.Step(parameter, V.Broadcast(numbers.Rate) * first, third, numbers);
    }
}

/// <summary>As <see cref="AdamRule"/>, along <c>Rate m + gradientRate g</c>.</summary>
internal readonly struct NAdamRule(AdamNumbers numbers, float gradientRate) : IUpdateRule
{
    public int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        Moments.Move(ref parameter, ref gradient, ref first, ref second, numbers);
        return Moments.Step(parameter, V.MultiplyAdd(V.Broadcast(gradientRate), gradient, V.Broadcast(numbers.Rate) * first), second, numbers);
    }
}

/// <summary>As <see cref="AdamRule"/>, but <c>p -= Rate m</c>: the mean of squares moves and is not used yet.</summary>
internal readonly struct UnrectifiedRule(AdamNumbers numbers) : IUpdateRule
{
    public int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>
    {
        Moments.Move(ref parameter, ref gradient, ref first, ref second, numbers);
        return parameter - V.Broadcast(numbers.Rate) * first;
    }
}

file static class Moments
{
    /// <summary>Decays the parameter, adds the penalty to the gradient, and moves both means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move<V>(ref V parameter, ref V gradient, ref V first, ref V second, in AdamNumbers numbers) where V : struct, ILanes<V>
    {
        parameter = V.Broadcast(numbers.Kept) * parameter;
        gradient = V.MultiplyAdd(V.Broadcast(numbers.Penalty), parameter, gradient);
        first = V.MultiplyAdd(V.Broadcast(numbers.KeptFirst), first, V.Broadcast(numbers.NewFirst) * gradient);
        V square = gradient * gradient;
        second = V.MultiplyAdd(V.Broadcast(numbers.KeptSecond), second, V.Broadcast(numbers.NewSecond) * square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(V parameter, V direction, V second, in AdamNumbers numbers) where V : struct, ILanes<V> =>
        parameter - direction / (V.Sqrt(second) + V.Broadcast(numbers.Epsilon));
}
