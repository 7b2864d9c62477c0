using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Lengths of sequences, one number a sample; none means that all sequences are full.</summary>
internal static class Lengths
{
    /// <summary>The steps of a sample that are not padding, 0 to <paramref name="steps"/> whatever the number is: memory is never left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(ReadOnlySpan<int> lengths, int sample, int steps) => lengths.IsEmpty ? steps : Math.Clamp(lengths[sample], 0, steps);
}
