using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>The numbers of one step of Adam that are the same for all parameters.</summary>
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
internal readonly ref struct AdamStep(
    Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments, AdamNumbers numbers) : ISimdKernel
{
    private readonly Span<float> _parameters = parameters;
    private readonly ReadOnlySpan<float> _gradients = gradients;
    private readonly Span<float> _firstMoments = firstMoments;
    private readonly Span<float> _secondMoments = secondMoments;
    private readonly AdamNumbers _numbers = numbers;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        AdamNumbers numbers = _numbers;
        ref float p = ref MemoryMarshal.GetReference(_parameters);
        ref float g = ref MemoryMarshal.GetReference(_gradients);
        ref float m = ref MemoryMarshal.GetReference(_firstMoments);
        ref float v = ref MemoryMarshal.GetReference(_secondMoments);
        int count = _parameters.Length;
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Step<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref m, i), ref Unsafe.Add(ref v, i), 16, numbers);
        }
        if (i < count)
        {
            Last<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref m, i), ref Unsafe.Add(ref v, i), count - i, numbers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Last<V>(ref float p, ref float g, ref float m, ref float v, int width, AdamNumbers numbers) where V : struct, IVector16<V> =>
        Step<V>(ref p, ref g, ref m, ref v, width, numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(ref float p, ref float g, ref float m, ref float v, int width, AdamNumbers numbers) where V : struct, IVector16<V>
    {
        V parameter = V.Broadcast(numbers.Kept) * UpTo16.Load<V>(ref p, width);
        V gradient = V.MultiplyAdd(V.Broadcast(numbers.Penalty), parameter, UpTo16.Load<V>(ref g, width));
        V first = V.MultiplyAdd(V.Broadcast(numbers.KeptFirst), UpTo16.Load<V>(ref m, width), V.Broadcast(numbers.NewFirst) * gradient);
        V square = gradient * gradient;
        V second = V.MultiplyAdd(V.Broadcast(numbers.KeptSecond), UpTo16.Load<V>(ref v, width), V.Broadcast(numbers.NewSecond) * square);
        UpTo16.Store(first, ref m, width);
        UpTo16.Store(second, ref v, width);
        V change = V.Broadcast(numbers.Rate) * first / (V.Sqrt(second) + V.Broadcast(numbers.Epsilon));
        // Lanes beyond a partial vector divide 0 by Epsilon and are not stored.
        UpTo16.Store(parameter - change, ref p, width);
    }
}
