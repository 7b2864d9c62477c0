using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Means.</content>
public static partial class OverTime
{
    // Chunks are summed, then added: rounding errors grow with their number, not with time.
    private const int Chunk = 64;

    internal readonly ref struct MeanKernel(ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<float> y, int time, int features) : ISimdKernel
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
            V total = V.Broadcast(0);
            for (int first = 0; first < steps; first += Chunk)
            {
                V sum = V.Broadcast(0);
                int end = Math.Min(first + Chunk, steps);
                for (int t = first; t < end; t++) sum += UpTo16.Load<V>(in Unsafe.Add(ref x, t * features), lanes);
                total += sum;
            }
            UpTo16.Store(total / V.Broadcast(Math.Max(1, steps)), ref y, lanes);
        }
    }

    internal readonly ref struct MeanGradientKernel(ReadOnlySpan<float> dy, ReadOnlySpan<int> lengths, Span<float> dx, int time, int features) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<int> _lengths = lengths;
        private readonly Span<float> _dx = dx;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            for (int sample = 0; sample * features < _dy.Length; sample++)
            {
                int steps = Lengths.Of(_lengths, sample, time);
                ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), sample * features);
                ref float dx = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), sample * time * features);
                int j = 0;
                for (; j <= features - 16; j += 16) Column<V>(ref Unsafe.Add(ref dy, j), ref Unsafe.Add(ref dx, j), steps, 16);
                if (j < features) Column<V>(ref Unsafe.Add(ref dy, j), ref Unsafe.Add(ref dx, j), steps, features - j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<V>(ref float dy, ref float dx, int steps, int lanes) where V : struct, IVector16<V>
        {
            V each = UpTo16.Load<V>(in dy, lanes) / V.Broadcast(Math.Max(1, steps));
            int t = 0;
            for (; t < steps; t++) UpTo16.Store(each, ref Unsafe.Add(ref dx, t * features), lanes);
            for (; t < time; t++) UpTo16.Store(V.Broadcast(0), ref Unsafe.Add(ref dx, t * features), lanes);
        }
    }
}
