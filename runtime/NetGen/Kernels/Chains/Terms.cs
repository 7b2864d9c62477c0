using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

// The parts of an expression: the three operands, and what is made of them.

/// <summary>The first operand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct First : IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => a;
}

/// <summary>The second operand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Second : IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => b;
}

/// <summary>The third operand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Third : IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => c;
}

/// <summary><c>x + y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sum<TX, TY>(TX x, TY y) : IChain where TX : struct, IChain where TY : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => x.Apply(a, b, c) + y.Apply(a, b, c);
}

/// <summary><c>x - y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Difference<TX, TY>(TX x, TY y) : IChain where TX : struct, IChain where TY : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => x.Apply(a, b, c) - y.Apply(a, b, c);
}

/// <summary><c>x y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Times<TX, TY>(TX x, TY y) : IChain where TX : struct, IChain where TY : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => x.Apply(a, b, c) * y.Apply(a, b, c);
}

/// <summary><c>x / y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Quotient<TX, TY>(TX x, TY y) : IChain where TX : struct, IChain where TY : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => x.Apply(a, b, c) / y.Apply(a, b, c);
}

/// <summary><c>factor x + offset</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rescaled<TX>(float factor, float offset, TX x) : IChain where TX : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => V.MultiplyAdd(x.Apply(a, b, c), V.Broadcast(factor), V.Broadcast(offset));
}

/// <summary><c>f(x)</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Applied<TActivation, TX>(TActivation activation, TX x) : IChain where TActivation : struct, IActivation where TX : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => activation.Apply(x.Apply(a, b, c));
}

/// <summary><c>f'(saved) gradient</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Backed<TActivation, TSaved, TGradient>(TActivation activation, TSaved saved, TGradient gradient) : IChain
    where TActivation : struct, IActivation where TSaved : struct, IChain where TGradient : struct, IChain
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b, V c) where V : struct, ILanes<V> => activation.Gradient(saved.Apply(a, b, c), gradient.Apply(a, b, c));
}
