using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>A function of one number, written over lanes.</summary>
internal interface IUnaryOperator
{
    V Apply<V>(V x) where V : struct, ILanes<V>;
}

/// <summary>A function of two numbers, written over lanes.</summary>
internal interface IBinaryOperator
{
    V Apply<V>(V a, V b) where V : struct, ILanes<V>;
}

/// <summary><c>y[i] = f(x[i])</c>; y may be x.</summary>
internal readonly ref struct UnaryMap<TOperator>(ReadOnlySpan<float> x, Span<float> y, TOperator f) : ISimdKernel
    where TOperator : struct, IUnaryOperator
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly Span<float> _y = y;
    private readonly TOperator _f = f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        TOperator f = _f;
        ref float x = ref MemoryMarshal.GetReference(_x);
        ref float y = ref MemoryMarshal.GetReference(_y);
        int count = _y.Length;
        int i = 0;
        if (typeof(V) == typeof(Vector512x1))
        {
            if (count >= 64) i = Loop<Vector512x4>(ref x, ref y, count, f);
            if (count - i >= 32) i += Loop<Vector512x2>(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), count - i, f);
        }
        else if (count >= 16)
        {
            i = Loop<V>(ref x, ref y, count, f);
        }
        if (i < count) Last<V>(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), count - i, f);
    }

    // The loops are methods of their own, because a large function inlined twice is more than the JIT inlines into one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Loop<V>(ref float x, ref float y, int count, TOperator f) where V : struct, ILanes<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(f.Apply(V.Load(ref Unsafe.Add(ref x, i))), ref Unsafe.Add(ref y, i));
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Last<V>(ref float x, ref float y, int count, TOperator f) where V : struct, IVector16<V>
    {
        for (int i = 0; i < count; i += 16)
        {
            int width = Math.Min(16, count - i);
            V.StorePartial(f.Apply(V.LoadPartial(ref Unsafe.Add(ref x, i), width)), ref Unsafe.Add(ref y, i), width);
        }
    }
}

/// <summary><c>y[i] = f(a[i], b[i])</c>; y may be a or b.</summary>
internal readonly ref struct BinaryMap<TOperator>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperator f) : ISimdKernel
    where TOperator : struct, IBinaryOperator
{
    private readonly ReadOnlySpan<float> _a = a;
    private readonly ReadOnlySpan<float> _b = b;
    private readonly Span<float> _y = y;
    private readonly TOperator _f = f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V> =>
        Row<V>(ref MemoryMarshal.GetReference(_a), ref MemoryMarshal.GetReference(_b), ref MemoryMarshal.GetReference(_y), _y.Length, _f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<V>(ref float a, ref float b, ref float y, int count, TOperator f) where V : struct, IVector16<V>
    {
        int i = 0;
        if (typeof(V) == typeof(Vector512x1))
        {
            if (count >= 64) i = Loop<Vector512x4>(ref a, ref b, ref y, count, f);
            if (count - i >= 32) i += Loop<Vector512x2>(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref y, i), count - i, f);
        }
        else if (count >= 16)
        {
            i = Loop<V>(ref a, ref b, ref y, count, f);
        }
        if (i < count) Last<V>(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref y, i), count - i, f);
    }

    // The loops are methods of their own, because a large function inlined twice is more than the JIT inlines into one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Loop<V>(ref float a, ref float b, ref float y, int count, TOperator f) where V : struct, ILanes<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V.Store(f.Apply(V.Load(ref Unsafe.Add(ref a, i)), V.Load(ref Unsafe.Add(ref b, i))), ref Unsafe.Add(ref y, i));
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Last<V>(ref float a, ref float b, ref float y, int count, TOperator f) where V : struct, IVector16<V>
    {
        for (int i = 0; i < count; i += 16)
        {
            int width = Math.Min(16, count - i);
            V last = f.Apply(V.LoadPartial(ref Unsafe.Add(ref a, i), width), V.LoadPartial(ref Unsafe.Add(ref b, i), width));
            V.StorePartial(last, ref Unsafe.Add(ref y, i), width);
        }
    }
}
