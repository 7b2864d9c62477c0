using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary><c>min(max(scale g, -bound), bound) + penalty sign(p)</c>; NaN stays NaN.</summary>
internal readonly struct PreparedGradient(float scale, float bound, float penalty) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V gradient, V parameter) where V : struct, ILanes<V>
    {
        V zero = V.Broadcast(0), most = V.Broadcast(bound), slope = V.Broadcast(penalty);
        V sign = V.SelectGreater(parameter, zero, slope, V.SelectGreater(zero, parameter, -slope, zero));
        return V.Min(most, V.Max(-most, V.Broadcast(scale) * gradient)) + sign;
    }
}

/// <summary><c>kept a + (1 - kept) p</c>.</summary>
internal readonly struct RunningMean(float kept) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V average, V parameter) where V : struct, ILanes<V> =>
        V.MultiplyAdd(V.Broadcast(kept), average, V.Broadcast(1 - kept) * parameter);
}

/// <summary>Adds the sum of squares, which is summed in float over some hundreds of numbers and in double beyond.</summary>
internal readonly ref struct SumOfSquaresKernel(ReadOnlySpan<float> x, ref double total) : ISimdKernel
{
    private const int Chunk = 1024;

    private readonly ReadOnlySpan<float> _x = x;
    private readonly ref double _total = ref total;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        ref float x = ref MemoryMarshal.GetReference(_x);
        double total = 0;
        for (int start = 0; start < _x.Length; start += Chunk)
        {
            int end = Math.Min(start + Chunk, _x.Length), i = start;
            V even = V.Broadcast(0), odd = even;
            for (; i <= end - 32; i += 32)
            {
                V a = V.Load(ref Unsafe.Add(ref x, i)), b = V.Load(ref Unsafe.Add(ref x, i + 16));
                even = V.MultiplyAdd(a, a, even);
                odd = V.MultiplyAdd(b, b, odd);
            }
            for (; i < end; i += 16)
            {
                int width = Math.Min(16, end - i);
                V rest = V.SelectFirst(width, UpTo16.Load<V>(ref Unsafe.Add(ref x, i), width), V.Broadcast(0));
                even = V.MultiplyAdd(rest, rest, even);
            }
            total += V.SumLanesInDouble(even + odd);
        }
        _total += total;
    }
}
