using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary><see cref="Philox.Block"/> of many counters at once, one a lane: the same bits.</summary>
internal static class PhiloxLanes
{
    /// <summary>Of the blocks in the lanes of <paramref name="c0"/> the four words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blocks<W>(ref W c0, out W c1, out W c2, out W c3, uint stream, ulong step, ulong seed) where W : struct, IWords<W>
    {
        c1 = W.Broadcast(stream);
        c2 = W.Broadcast((uint)step);
        c3 = W.Broadcast((uint)(step >> 32));
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < Philox.Rounds; round++)
        {
            W low0 = W.MultiplyWide(c0, Philox.Multiplier0, out W high0), low1 = W.MultiplyWide(c2, Philox.Multiplier1, out W high1);
            c0 = high1 ^ c1 ^ W.Broadcast(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ W.Broadcast(k1);
            c3 = low0;
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }
    }
}
