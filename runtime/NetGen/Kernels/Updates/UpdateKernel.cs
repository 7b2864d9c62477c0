using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>How one step changes a parameter, from its gradient and up to three numbers that are remembered for it.</summary>
internal interface IUpdateRule
{
    /// <summary>How many numbers are remembered, 1 to 3; the others are undefined.</summary>
    int Memories { get; }

    /// <summary>The parameter after the step. What is remembered changes in place.</summary>
    V Apply<V>(V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILanes<V>;
}

/// <summary>The one loop of optimizers that remember something: parameters, gradients and memories pass through registers once.</summary>
/// <param name="parameters">Some parameters.</param>
/// <param name="gradients">Their gradients.</param>
/// <param name="first">What is remembered for them.</param>
/// <param name="second">As long, or empty where the rule does not use it.</param>
/// <param name="third">As long, or empty where the rule does not use it.</param>
/// <param name="rule">The step.</param>
internal readonly ref struct UpdateKernel<TRule>(
    Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> third, TRule rule) : ISimdKernel
    where TRule : struct, IUpdateRule
{
    private readonly Span<float> _parameters = parameters;
    private readonly ReadOnlySpan<float> _gradients = gradients;
    private readonly Span<float> _first = first;
    private readonly Span<float> _second = second;
    private readonly Span<float> _third = third;
    private readonly TRule _rule = rule;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        TRule rule = _rule;
        int memories = rule.Memories;
        ref float p = ref MemoryMarshal.GetReference(_parameters);
        ref float g = ref MemoryMarshal.GetReference(_gradients);
        ref float a = ref MemoryMarshal.GetReference(_first);
        ref float b = ref MemoryMarshal.GetReference(_second);
        ref float c = ref MemoryMarshal.GetReference(_third);
        int count = _parameters.Length, i = 0;
        for (; i <= count - 16; i += 16)
        {
            Step<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref c, i), 16, memories, rule);
        }
        if (i < count)
        {
            Last<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref c, i), count - i, memories, rule);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Last<V>(ref float p, ref float g, ref float a, ref float b, ref float c, int width, int memories, TRule rule) where V : struct, IVector16<V> =>
        Step<V>(ref p, ref g, ref a, ref b, ref c, width, memories, rule);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(ref float p, ref float g, ref float a, ref float b, ref float c, int width, int memories, TRule rule) where V : struct, IVector16<V>
    {
        V first = UpTo16.Load<V>(ref a, width), second = default, third = default;
        if (memories > 1) second = UpTo16.Load<V>(ref b, width);
        if (memories > 2) third = UpTo16.Load<V>(ref c, width);
        V parameter = rule.Apply(UpTo16.Load<V>(ref p, width), UpTo16.Load<V>(ref g, width), ref first, ref second, ref third);
        UpTo16.Store(first, ref a, width);
        if (memories > 1) UpTo16.Store(second, ref b, width);
        if (memories > 2) UpTo16.Store(third, ref c, width);
        // Lanes beyond a partial vector may hold anything and are not stored.
        UpTo16.Store(parameter, ref p, width);
    }
}
