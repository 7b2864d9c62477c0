using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Which pixel of a window, or step of a sequence, the gradient of the maximum goes to.</summary>
internal static class MaxGradient
{
    /// <summary>
    /// What the first pixel that is not below it gets the gradient of: the maximum, and infinity where the maximum is NaN. Numbers are below
    /// infinity and NaN is below nothing, so the gradient of a NaN goes to the first NaN (or to an infinity before it) and not to the first pixel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reached<V>(V max) where V : struct, IVector16<V>
    {
        V infinity = V.Broadcast(float.PositiveInfinity);
        return V.SelectGreater(infinity, max, max, infinity);
    }
}
