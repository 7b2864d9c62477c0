using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Philox4x32-10: random bits as a function of a counter and a key, so that any element can be computed at any time on any thread.
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Philox
{
    internal const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>The 128 random bits at one place of one stream.</summary>
    /// <param name="block">First word of the counter: which four numbers of the stream.</param>
    /// <param name="stream">Second word of the counter: a layer or a parameter.</param>
    /// <param name="step">Third and fourth word of the counter, low word first.</param>
    /// <param name="seed">The key, low word first.</param>
    public static Vector128<uint> Block(uint block, uint stream, ulong step, ulong seed)
    {
        (uint c0, uint c1, uint c2, uint c3) = (block, stream, (uint)step, (uint)(step >> 32));
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return Vector128.Create(c0, c1, c2, c3);
    }
}
