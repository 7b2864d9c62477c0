using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>An element-wise function and its derivative. Structs that carry their parameters, so that kernels are compiled for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary><c>y = f(x)</c>.</summary>
    V Apply<V>(V x) where V : struct, ILanes<V>;

    /// <summary><c>dx = f'(x) dy</c>.</summary>
    /// <param name="saved">What the forward pass kept: <c>y</c>, or <c>x</c> where the struct says so.</param>
    /// <param name="dy">The gradient of the output.</param>
    V Gradient<V>(V saved, V dy) where V : struct, ILanes<V>;

    /// <summary>
    /// Whether <see cref="Apply"/> is a few instructions with few constants, so that a product applies it to its sums while they are in registers.
    /// Otherwise it runs over the stored product: inlined for each of up to 24 sums, a series would spill them and exhaust the JIT's budget.
    /// </summary>
    static virtual bool IsSimple => false;
}

/// <summary><c>x</c>; its gradient needs nothing saved.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static bool IsSimple => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => dy;
}

/// <summary><c>max(x, 0)</c>; saves <c>y</c>. The derivative at 0 is 0, as in PyTorch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReLU : IActivation
{
    /// <inheritdoc/>
    public static bool IsSimple => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => V.Max(V.Broadcast(0), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V>
    {
        V zero = V.Broadcast(0);
        return V.SelectGreater(saved, zero, dy, zero);
    }
}

/// <summary><c>x &gt; 0 ? x : slope x</c>; saves <c>y</c>, so the slope is at least 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyReLU(float slope) : IActivation
{
    /// <inheritdoc/>
    public static bool IsSimple => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => Gradient(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> =>
        V.SelectGreater(saved, V.Broadcast(0), dy, V.Broadcast(slope) * dy);
}

/// <summary><c>x &gt; 0 ? x : alpha (e^x - 1)</c>; saves <c>y</c>, so alpha is at least 0 (Clevert et al. 2016).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ELU(float alpha) : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> =>
        V.SelectGreater(x, V.Broadcast(0), x, V.Broadcast(alpha) * VectorMath.ExpMinusOne(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> =>
        V.SelectGreater(saved, V.Broadcast(0), dy, dy * (saved + V.Broadcast(alpha)));
}

/// <summary>
/// <c>x Phi(x)</c> with the normal distribution <c>Phi(x) = (1 + erf(x / sqrt 2)) / 2</c>, not its tanh approximation; saves <c>x</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELU : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V>
    {
        // x Phi(x) = max(x, 0) - |x| Phi(-|x|): no cancellation where x is negative. The bound keeps infinity / infinity away.
        V t = V.Min(V.Broadcast(VectorMath.NormalTailIsZero), V.Abs(x));
        return V.Max(V.Broadcast(0), x) - t / VectorMath.InverseNormalTail(t);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V>
    {
        // (x Phi)' = Phi + x phi, phi(x) = e^(-x^2 / 2) / sqrt(2 pi); Phi(x) = 1 - Phi(-x) where x is positive.
        V one = V.Broadcast(1);
        V density = V.Broadcast(0.398942280f) * VectorMath.ExpAtMostOne(V.Broadcast(-0.5f) * saved * saved);
        V tail = one / VectorMath.InverseNormalTail(V.Abs(saved));
        return dy * V.MultiplyAdd(saved, density, V.SelectGreater(saved, V.Broadcast(0), one - tail, tail));
    }
}

/// <summary><c>x sigmoid(x)</c>, also called swish; saves <c>x</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SiLU : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x * VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V>
    {
        V s = VectorMath.Sigmoid(saved);
        return dy * V.MultiplyAdd(saved * s, V.Broadcast(1) - s, s);
    }
}

/// <summary><c>1 / (1 + e^-x)</c>; saves <c>y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => dy * (saved * (V.Broadcast(1) - saved));
}

/// <summary><c>tanh x</c>; saves <c>y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Tanh : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => dy * (V.Broadcast(1) - saved * saved);
}

/// <summary><c>ln(1 + e^x)</c>; saves <c>y</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => VectorMath.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => dy * -VectorMath.ExpMinusOne(-saved);
}

/// <summary><c>x clamp(x + 3, 0, 6) / 6</c>; saves <c>x</c> (Howard et al. 2019). The derivative is -1/2 at -3 and 3/2 at 3, as in PyTorch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSwish : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> =>
        x * V.Min(V.Broadcast(6), V.Max(V.Broadcast(0), x + V.Broadcast(3))) * V.Broadcast(1 / 6f);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V>
    {
        V slope = V.MultiplyAdd(saved, V.Broadcast(1 / 3f), V.Broadcast(0.5f));
        slope = V.SelectGreater(V.Broadcast(-3), saved, V.Broadcast(0), slope);
        return dy * V.SelectGreater(saved, V.Broadcast(3), V.Broadcast(1), slope);
    }
}
