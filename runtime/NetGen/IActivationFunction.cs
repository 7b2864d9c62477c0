namespace NetGen;

/// <summary>
/// An element-wise function of your own and its derivative, for <see cref="ActivationAttribute{TFunction}"/>: a struct without fields, written once
/// over lanes of floats and compiled for every width of vectors. <see cref="VectorMath"/> has the elementary functions;
/// <see cref="DerivativeCheck.Activation{TFunction}"/> checks that the two belong together.
/// </summary>
public interface IActivationFunction
{
    /// <summary><c>y = f(x)</c>.</summary>
    static abstract V Value<V>(V x) where V : struct, ILanes<V>;

    /// <summary><c>f'(x)</c>.</summary>
    static abstract V Derivative<V>(V x) where V : struct, ILanes<V>;

    /// <summary>
    /// Whether <see cref="Value"/> is a few instructions, such as a maximum and a product, so that a matrix product applies it to its sums before it
    /// stores them. With an exponential or another series that would be slower than a pass over what was stored, which false, the default, stands
    /// for.
    /// </summary>
    static virtual bool IsSimple => false;
}
