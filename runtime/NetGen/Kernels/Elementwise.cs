using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Functions of one element at a time. All spans of a call have one length, and the result may overwrite an operand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Elementwise
{
    /// <summary><c>y = f(x)</c>.</summary>
    public static void Activate<TActivation>(ReadOnlySpan<float> x, Span<float> y, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(x.Length == y.Length);
        if (typeof(TActivation) == typeof(Identity)) x.CopyTo(y);
        else Simd.Run(new UnaryMap<Forward<TActivation>>(x, y, new(activation)));
    }

    /// <summary><c>dx = f'(x) dy</c>; <paramref name="saved"/> is the output or the input, as the activation says.</summary>
    public static void ActivateGradient<TActivation>(ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, Span<float> dx, TActivation activation)
        where TActivation : struct, IActivation
    {
        Debug.Assert(saved.Length == dy.Length && dy.Length == dx.Length);
        if (typeof(TActivation) == typeof(Identity)) dy.CopyTo(dx);
        else Simd.Run(new BinaryMap<Backward<TActivation>>(saved, dy, dx, new(activation)));
    }

    /// <summary><c>y = a + b</c>.</summary>
    public static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Map(a, b, y, new AddOperator());

    /// <summary><c>y = a - b</c>.</summary>
    public static void Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Map(a, b, y, new SubtractOperator());

    /// <summary><c>y = a * b</c>.</summary>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Map(a, b, y, new MultiplyOperator());

    /// <summary><c>y = a / b</c>.</summary>
    public static void Divide(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Map(a, b, y, new DivideOperator());

    /// <summary><c>y = scale * x + shift</c>.</summary>
    public static void Affine(ReadOnlySpan<float> x, Span<float> y, float scale, float shift)
    {
        Debug.Assert(x.Length == y.Length);
        Simd.Run(new UnaryMap<AffineOperator>(x, y, new(scale, shift)));
    }

    /// <summary><c>y = f(a)</c> in one pass, f being made of several functions.</summary>
    public static void Chain<TChain>(ReadOnlySpan<float> a, Span<float> y, TChain chain) where TChain : struct, IChain => Chain(a, a, a, y, chain);

    /// <summary><c>y = f(a, b)</c> in one pass, f being made of several functions.</summary>
    public static void Chain<TChain>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TChain chain) where TChain : struct, IChain => Chain(a, b, b, y, chain);

    /// <summary><c>y = f(a, b, c)</c> in one pass, f being made of several functions.</summary>
    public static void Chain<TChain>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> y, TChain chain) where TChain : struct, IChain
    {
        Debug.Assert(a.Length == y.Length && b.Length == y.Length && c.Length == y.Length);
        Simd.Run(new ChainMap<TChain>(a, b, c, y, chain));
    }

    private static void Map<TOperator>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperator f)
        where TOperator : struct, IBinaryOperator
    {
        Debug.Assert(a.Length == y.Length && b.Length == y.Length);
        Simd.Run(new BinaryMap<TOperator>(a, b, y, f));
    }

    internal readonly struct Forward<TActivation>(TActivation activation) : IUnaryOperator where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => activation.Apply(x);
    }

    internal readonly struct Backward<TActivation>(TActivation activation) : IBinaryOperator where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V saved, V dy) where V : struct, ILanes<V> => activation.Gradient(saved, dy);
    }

    internal readonly struct AffineOperator(float scale, float shift) : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.MultiplyAdd(x, V.Broadcast(scale), V.Broadcast(shift));
    }

    internal readonly struct AddOperator : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a + b;
    }

    internal readonly struct SubtractOperator : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a - b;
    }

    internal readonly struct MultiplyOperator : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a * b;
    }

    internal readonly struct DivideOperator : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a / b;
    }
}
