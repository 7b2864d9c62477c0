using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

/// <summary><c>d = g + decay p; v = momentum v + d; p -= rate v</c>, or <c>p -= rate (d + momentum v)</c> for Nesterov's.</summary>
internal readonly ref struct MomentumDescent(
    Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocities, float rate, float momentum, float decay, bool nesterov)
    : ISimdKernel
{
    private readonly Span<float> _parameters = parameters;
    private readonly ReadOnlySpan<float> _gradients = gradients;
    private readonly Span<float> _velocities = velocities;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        ref float p = ref MemoryMarshal.GetReference(_parameters);
        ref float g = ref MemoryMarshal.GetReference(_gradients);
        ref float v = ref MemoryMarshal.GetReference(_velocities);
        int count = _parameters.Length;
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            Step<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref v, i), 16);
        }
        if (i < count) Last<V>(ref Unsafe.Add(ref p, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref v, i), count - i);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Last<V>(ref float p, ref float g, ref float v, int width) where V : struct, IVector16<V> => Step<V>(ref p, ref g, ref v, width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<V>(ref float p, ref float g, ref float v, int width) where V : struct, IVector16<V>
    {
        V parameter = UpTo16.Load<V>(ref p, width);
        V direction = V.MultiplyAdd(V.Broadcast(decay), parameter, UpTo16.Load<V>(ref g, width));
        V velocity = V.MultiplyAdd(V.Broadcast(momentum), UpTo16.Load<V>(ref v, width), direction);
        UpTo16.Store(velocity, ref v, width);
        if (nesterov) velocity = V.MultiplyAdd(V.Broadcast(momentum), velocity, direction);
        UpTo16.Store(parameter - V.Broadcast(rate) * velocity, ref p, width);
    }
}
