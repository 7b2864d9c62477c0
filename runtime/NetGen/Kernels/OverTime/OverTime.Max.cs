using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Maxima.</content>
public static partial class OverTime
{
    internal readonly ref struct MaxKernel(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int time, int features) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<int> _lengths = lengths;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int sample = 0; sample * features < _y.Length; sample++)
            {
                int steps = Lengths.Of(_lengths, sample, time);
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), sample * time * features);
                ref float y = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), sample * features);
                int j = 0;
                for (; j <= features - 16; j += 16) Column<V>(ref Unsafe.Add(ref x, j), ref Unsafe.Add(ref y, j), steps, 16);
                if (j < features) Column<V>(ref Unsafe.Add(ref x, j), ref Unsafe.Add(ref y, j), steps, features - j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(ref float x, ref float y, int steps, int lanes) where V : struct, IVector16<V>
        {
            V max = steps == 0 ? V.Broadcast(0) : UpTo16.Load<V>(in x, lanes);
            for (int t = 1; t < steps; t++) max = V.MaxOrNaN(max, UpTo16.Load<V>(in Unsafe.Add(ref x, t * features), lanes));
            UpTo16.Store(max, ref y, lanes);
        }
    }

    internal readonly ref struct MaxGradientKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<int> lengths, Span<float> dx, int time, int features) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x, _y = y, _dy = dy;
        private readonly ReadOnlySpan<int> _lengths = lengths;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int sample = 0; sample * features < _y.Length; sample++)
            {
                int steps = Lengths.Of(_lengths, sample, time);
                int j = 0;
                for (; j <= features - 16; j += 16) Column<V>(sample, j, steps, 16);
                if (j < features) Column<V>(sample, j, steps, features - j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(int sample, int j, int steps, int lanes) where V : struct, IVector16<V>
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (sample * time * features) + j);
            ref float dx = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), (sample * time * features) + j);
            V max = UpTo16.Load<V>(in Unsafe.Add(ref MemoryMarshal.GetReference(_y), (sample * features) + j), lanes);
            // What no step has got yet.
            V left = UpTo16.Load<V>(in Unsafe.Add(ref MemoryMarshal.GetReference(_dy), (sample * features) + j), lanes);
            V zero = V.Broadcast(0);
            max = CompilerServices.MaxGradient.Reached(max);
            int t = 0;
            for (; t < steps; t++)
            {
                V step = UpTo16.Load<V>(in Unsafe.Add(ref x, t * features), lanes);
                UpTo16.Store(V.SelectGreater(max, step, zero, left), ref Unsafe.Add(ref dx, t * features), lanes);
                left = V.SelectGreater(max, step, left, zero);
            }
            for (; t < time; t++) UpTo16.Store(zero, ref Unsafe.Add(ref dx, t * features), lanes);
        }
    }
}
