using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The user's function as an activation; saves <c>x</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CustomActivation<TFunction> : IActivation where TFunction : struct, IActivationFunction
{
    /// <inheritdoc/>
    public static bool IsSimple => TFunction.IsSimple;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => TFunction.Value(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V saved, V dy) where V : struct, ILanes<V> => dy * TFunction.Derivative(saved);
}

/// <summary>The user's function as a loss.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CustomLoss<TFunction> : ILoss where TFunction : struct, ILossFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V prediction, V target) where V : struct, ILanes<V> => TFunction.Value(prediction, target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V prediction, V target) where V : struct, ILanes<V> => TFunction.Derivative(prediction, target);
}
