using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// What a recurrent layer does with its gates at one step of one sample. Gates, states and saved values are rows of <c>units</c> floats, one behind the other.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICell
{
    /// <summary>Gates, and so the columns of a weight, of one unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Numbers of one unit that go from step to step, h being the first.</summary>
    static abstract int States { get; }

    /// <summary>Whether <c>Backward</c> needs the gates after their activation; otherwise it needs h.</summary>
    static abstract bool KeepsGates { get; }

    /// <summary>Numbers of one unit and step that <c>Backward</c> needs besides.</summary>
    static abstract int Saved { get; }

    /// <summary>Whether h itself, and not only its product with the weight, reaches the next h.</summary>
    internal static abstract bool PassesHidden { get; }

    /// <summary>The new h of up to 16 units.</summary>
    /// <param name="projection">The first gate of the units in <c>x W_ih + b_ih</c>; the next gate is <paramref name="units"/> floats further, as in all other rows.</param>
    /// <param name="product">The first gate of the units in <c>h W_hh + b_hh</c>.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="h">The old h.</param>
    /// <param name="c">The second state, which is replaced.</param>
    /// <param name="gates">Where the gates go, the projection's own place perhaps; null for nowhere.</param>
    /// <param name="saved">Where the saved values go; not used without gates.</param>
    /// <param name="lanes">Lanes of a cut vector.</param>
    internal static abstract unsafe V Forward<V, TEnd>(float* projection, float* product, nint units, V h, float* c, float* gates, float* saved, int lanes)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd;

    /// <summary>From the gradient of the new h to that of the gates and of what of the old h does not go through the weight (0 unless <see cref="PassesHidden"/>).</summary>
    /// <param name="dh">The gradient of the new h.</param>
    /// <param name="hidden">The new h; only read by cells that do not keep their gates.</param>
    /// <param name="previous">The old h; only read by cells of which <see cref="PassesHidden"/>.</param>
    /// <param name="gates">What <see cref="Forward"/> kept.</param>
    /// <param name="saved">What <see cref="Forward"/> saved.</param>
    /// <param name="dc">The gradient of the second state, which is replaced by that of the step before.</param>
    /// <param name="dProjection">Where the gradient of <c>x W_ih + b_ih</c> goes, the gates' own place perhaps.</param>
    /// <param name="dProduct">Where the gradient of <c>h W_hh + b_hh</c> goes.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="lanes">Lanes of a cut vector.</param>
    internal static abstract unsafe V Backward<V, TEnd>(
        V dh, float* hidden, float* previous, float* gates, float* saved, float* dc, float* dProjection, float* dProduct, nint units, int lanes)
        where V : struct, IVector16<V> where TEnd : struct, IRowEnd;
}
