using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What is done to a sum of taps in a register, before its only store.</summary>
internal unsafe interface IGatherEpilogue
{
    /// <summary>Whether sums begin with the shift, so that nothing but f is left to do at the end.</summary>
    static abstract bool StartsFromShift { get; }

    /// <summary>What is stored for <paramref name="sum"/>; <paramref name="extra"/> is where its residual or saved value lies, or null.</summary>
    V Finish<V, TEnd>(V sum, V scale, V shift, float* extra, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd;
}

/// <summary><c>f(sum)</c>, of which the shift is the first term.</summary>
internal readonly unsafe struct ShiftedGather<TActivation>(TActivation activation) : IGatherEpilogue where TActivation : struct, IActivation
{
    public static bool StartsFromShift => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, V scale, V shift, float* extra, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd => activation.Apply(sum);
}

/// <summary><c>f(scale sum + shift)</c>.</summary>
internal readonly unsafe struct ScaledGather<TActivation>(TActivation activation) : IGatherEpilogue where TActivation : struct, IActivation
{
    public static bool StartsFromShift => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, V scale, V shift, float* extra, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Apply(V.MultiplyAdd(sum, scale, shift));
}

/// <summary><c>f(scale sum + shift + residual)</c>.</summary>
internal readonly unsafe struct ScaledResidualGather<TActivation>(TActivation activation) : IGatherEpilogue where TActivation : struct, IActivation
{
    public static bool StartsFromShift => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, V scale, V shift, float* extra, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        activation.Apply(V.MultiplyAdd(sum, scale, shift) + TEnd.Load<V>(extra, lanes));
}

/// <summary><c>sum f'(saved)</c>.</summary>
internal readonly unsafe struct Differentiated<TActivation>(TActivation activation) : IGatherEpilogue where TActivation : struct, IActivation
{
    public static bool StartsFromShift => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Finish<V, TEnd>(V sum, V scale, V shift, float* extra, int lanes) where V : struct, IVector16<V> where TEnd : struct, IRowEnd =>
        typeof(TActivation) == typeof(Identity) ? sum : activation.Gradient(TEnd.Load<V>(extra, lanes), sum);
}
