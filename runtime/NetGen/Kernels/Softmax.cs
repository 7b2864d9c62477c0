using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>The softmax over rows, <c>y_j = e^(x_j - max x) / sum_k e^(x_k - max x)</c>, and its gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Softmax
{
    /// <summary><c>y = softmax(x)</c> over rows of <paramref name="width"/>; y may be x.</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int width)
    {
        Debug.Assert(x.Length == y.Length && x.Length % width == 0);
        if (width <= SixteenRows.MaxWidth) Simd.Run(new NarrowKernel(x, y, width));
        else Simd.Run(new ForwardKernel(x, y, width));
    }

    /// <summary><c>dx = y * (dy - sum(dy * y))</c> over rows of <paramref name="width"/>; dx may be dy or y.</summary>
    public static void Gradient(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int width)
    {
        Debug.Assert(y.Length == dy.Length && dy.Length == dx.Length && y.Length % width == 0);
        Simd.Run(new GradientKernel(y, dy, dx, width));
    }

    /// <summary>The largest of <paramref name="count"/> floats, at least 1; unspecified when one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max<V>(ref float x, int count) where V : struct, IVector16<V>
    {
        V lowest = V.Broadcast(float.NegativeInfinity), max = lowest;
        int i = 0;
        if (count >= 64)
        {
            // Four, because each waits for the one before.
            V a = lowest, b = lowest, c = lowest, d = lowest;
            for (; i <= count - 64; i += 64)
            {
                a = V.Max(a, V.Load(ref Unsafe.Add(ref x, i)));
                b = V.Max(b, V.Load(ref Unsafe.Add(ref x, i + 16)));
                c = V.Max(c, V.Load(ref Unsafe.Add(ref x, i + 32)));
                d = V.Max(d, V.Load(ref Unsafe.Add(ref x, i + 48)));
            }
            max = V.Max(V.Max(a, b), V.Max(c, d));
        }
        for (; i <= count - 16; i += 16) max = V.Max(max, V.Load(ref Unsafe.Add(ref x, i)));
        if (i < count) max = V.Max(max, V.SelectFirst(count - i, V.LoadPartial(ref Unsafe.Add(ref x, i), count - i), lowest));
        return V.MaxLanes(max);
    }

    /// <summary><c>y = e^(x - max)</c>; returns the sum of y. The sums of the 16 lanes have one order on all widths.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static float Exponentials<V>(ref float x, ref float y, int count, float max) where V : struct, IVector16<V>
    {
        V sum = V.Broadcast(0);
        int i = 0;
        if (typeof(V) == typeof(Vector512x1))
        {
            Vector512x4 shift = Vector512x4.Broadcast(max);
            for (; i <= count - 64; i += 64)
            {
                Vector512x4 e = VectorMath.ExpAtMostOne(Vector512x4.Load(ref Unsafe.Add(ref x, i)) - shift);
                Vector512x4.Store(e, ref Unsafe.Add(ref y, i));
                sum = Unsafe.BitCast<Vector512<float>, V>(Vector512x4.AddInOrder(Unsafe.BitCast<V, Vector512<float>>(sum), e));
            }
        }
        for (; i < count; i += 16)
        {
            // One text for whole and partial vectors: inlined a third time, the exponential would be a call in the end.
            int width = Math.Min(16, count - i);
            V e = VectorMath.ExpAtMostOne(UpTo16.Load<V>(ref Unsafe.Add(ref x, i), width) - V.Broadcast(max));
            UpTo16.Store(e, ref Unsafe.Add(ref y, i), width);
            sum += V.SelectFirst(width, e, V.Broadcast(0));
        }
        return V.SumLanes(sum);
    }

    internal readonly ref struct ForwardKernel(ReadOnlySpan<float> x, Span<float> y, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _width = width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int count = _y.Length, width = _width;
            for (int start = 0; start < count; start += width)
            {
                ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
                ref float y = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), start);
                V scale = V.Broadcast(1 / Exponentials<V>(ref x, ref y, width, Max<V>(ref x, width)));
                int i = 0;
                for (; i <= width - 16; i += 16) V.Store(V.Load(ref Unsafe.Add(ref y, i)) * scale, ref Unsafe.Add(ref y, i));
                if (i == width) continue;
                V.StorePartial(V.LoadPartial(ref Unsafe.Add(ref y, i), width - i) * scale, ref Unsafe.Add(ref y, i), width - i);
            }
        }
    }

    internal readonly ref struct GradientKernel(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int width) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _y = y;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly Span<float> _dx = dx;
        private readonly int _width = width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int count = _dx.Length, width = _width;
            for (int start = 0; start < count; start += width)
            {
                ref float y = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), start);
                ref float dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), start);
                ref float dx = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), start);
                V sum = V.Broadcast(0);
                int i = 0;
                for (; i <= width - 16; i += 16) sum = V.MultiplyAdd(V.Load(ref Unsafe.Add(ref y, i)), V.Load(ref Unsafe.Add(ref dy, i)), sum);
                int rest = width - i;
                if (rest > 0) sum = V.MultiplyAdd(V.LoadPartial(ref Unsafe.Add(ref y, i), rest), V.LoadPartial(ref Unsafe.Add(ref dy, i), rest), sum);

                V mean = V.Broadcast(V.SumLanes(sum));
                for (i = 0; i <= width - 16; i += 16)
                {
                    V.Store(V.Load(ref Unsafe.Add(ref y, i)) * (V.Load(ref Unsafe.Add(ref dy, i)) - mean), ref Unsafe.Add(ref dx, i));
                }
                if (rest == 0) continue;
                V last = V.LoadPartial(ref Unsafe.Add(ref y, i), rest) * (V.LoadPartial(ref Unsafe.Add(ref dy, i), rest) - mean);
                V.StorePartial(last, ref Unsafe.Add(ref dx, i), rest);
            }
        }
    }
}
