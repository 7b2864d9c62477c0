using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A tensor with a vector along one of its axes: <c>a</c> and <c>y</c> are seen as <c>[outer, length, inner]</c>, <c>b</c> is <c>[length]</c>, and
/// <c>y[o, l, i] = a[o, l, i] op b[l]</c>. Where b is <c>[samples, length]</c>, each sample has a vector of its own and outer is within a sample. y may
/// be a.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Broadcast
{
    /// <summary><c>y[o, l, i] = a[o, l, i] + b[l]</c>.</summary>
    public static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner) =>
        Run(a, b, y, length, inner, new Elementwise.AddOperator());

    /// <summary><c>y[o, l, i] = a[o, l, i] - b[l]</c>.</summary>
    public static void Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner) =>
        Run(a, b, y, length, inner, new Elementwise.SubtractOperator());

    /// <summary><c>y[o, l, i] = a[o, l, i] * b[l]</c>.</summary>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner) =>
        Run(a, b, y, length, inner, new Elementwise.MultiplyOperator());

    /// <summary><c>y[o, l, i] = a[o, l, i] / b[l]</c>.</summary>
    public static void Divide(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner) =>
        Run(a, b, y, length, inner, new Elementwise.DivideOperator());

    /// <summary><c>y[o, l, i] = a[o, l, i]</c>, or <c>b[l]</c> where that is NaN.</summary>
    public static void FillMissing(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner) =>
        Run(a, b, y, length, inner, new FillMissingOperator());

    private static void Run<TOperator>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner, TOperator f)
        where TOperator : struct, IBinaryOperator
    {
        Debug.Assert(a.Length == y.Length && b.Length % length == 0 && y.Length % (length * inner) == 0);
        if (y.IsEmpty) return;
        Simd.Run(new Kernel<TOperator>(a, b, y, length, inner, f));
    }

    internal readonly struct FillMissingOperator : IBinaryOperator
    {
        // |a| > -1 holds for every number, and for NaN nothing does.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.SelectGreater(V.Abs(a), V.Broadcast(-1f), a, b);
    }

    internal readonly ref struct Kernel<TOperator>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int length, int inner, TOperator f) : ISimdKernel
        where TOperator : struct, IBinaryOperator
    {
        private readonly ReadOnlySpan<float> _a = a;
        private readonly ReadOnlySpan<float> _b = b;
        private readonly Span<float> _y = y;
        private readonly int _length = length;
        private readonly int _inner = inner;
        private readonly TOperator _f = f;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            ref float a = ref MemoryMarshal.GetReference(_a);
            ref float b = ref MemoryMarshal.GetReference(_b);
            ref float y = ref MemoryMarshal.GetReference(_y);
            int vectors = _b.Length / _length, each = _y.Length / vectors;
            for (int v = 0; v < vectors; v++)
            {
                int start = v * each;
                OneVector<V>(ref Unsafe.Add(ref a, start), ref Unsafe.Add(ref b, v * _length), ref Unsafe.Add(ref y, start), each, _length, _inner, _f);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void OneVector<V>(ref float a, ref float b, ref float y, int count, int length, int inner, TOperator f) where V : struct, IVector16<V>
        {
            if (inner == 1)
            {
                for (int row = 0; row < count; row += length)
                {
                    BinaryMap<TOperator>.Row<V>(ref Unsafe.Add(ref a, row), ref b, ref Unsafe.Add(ref y, row), length, f);
                }
                return;
            }
            for (int row = 0, l = 0; row < count; row += inner)
            {
                Row(ref Unsafe.Add(ref a, row), V.Broadcast(Unsafe.Add(ref b, l)), ref Unsafe.Add(ref y, row), inner, f);
                l = l + 1 == length ? 0 : l + 1;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Row<V>(ref float a, V b, ref float y, int count, TOperator f) where V : struct, IVector16<V>
        {
            int i = 0;
            for (; i <= count - 16; i += 16) V.Store(f.Apply(V.Load(ref Unsafe.Add(ref a, i)), b), ref Unsafe.Add(ref y, i));
            if (i == count) return;
            V.StorePartial(f.Apply(V.LoadPartial(ref Unsafe.Add(ref a, i), count - i), b), ref Unsafe.Add(ref y, i), count - i);
        }
    }
}
