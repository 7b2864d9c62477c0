using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Where straight-line code puts the sums that it kept in registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GradientSum
{
    /// <summary>Adds the first <paramref name="lanes"/> of a sum, 1 to 16, to a row of a gradient; nothing beyond is touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(V sum, ref float gradient, int lanes) where V : struct, IVector16<V> =>
        UpTo16.Store(UpTo16.Load<V>(in gradient, lanes) + sum, ref gradient, lanes);
}
