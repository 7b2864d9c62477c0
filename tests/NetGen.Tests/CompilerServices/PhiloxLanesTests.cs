using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NetGen.CompilerServices;

namespace NetGen.Tests.CompilerServices;

/// <summary>Random words of many blocks at once.</summary>
public class PhiloxLanesTests
{
    [Fact]
    public void Lanes_have_the_words_of_their_blocks()
    {
        AssertWords<Words128>();
        if (Avx2.IsSupported) AssertWords<Words256>();
        if (Avx512F.IsSupported) AssertWords<Words512>();
    }

    private static void AssertWords<W>() where W : struct, IWords<W>
    {
        const ulong step = 0x9876_5432_1000_0001, seed = 0xFEDC_BA98_7654_3210;
        // The counter wraps.
        W word0 = W.Sequence(0xFFFF_FFF0, 7);
        PhiloxLanes.Blocks(ref word0, out W word1, out W word2, out W word3, 5, step, seed);
        for (uint lane = 0; lane < W.Count; lane++)
        {
            Vector128<uint> block = Philox.Block(0xFFFF_FFF0 + (lane * 7), 5, step, seed);
            Assert.Equal([block[0], block[1], block[2], block[3]], [Lane(word0), Lane(word1), Lane(word2), Lane(word3)]);

            uint Lane(W words) => Unsafe.Add(ref Unsafe.As<W, uint>(ref words), lane);
        }
    }

    [Fact]
    public void Interleaved_words_are_block_after_block()
    {
        AssertInterleaved<Words128>();
        if (Avx2.IsSupported) AssertInterleaved<Words256>();
        if (Avx512F.IsSupported) AssertInterleaved<Words512>();
    }

    private static void AssertInterleaved<W>() where W : struct, IWords<W>
    {
        const uint start = 0xFFFF_FFFD;
        W first = W.Blocks(start);
        PhiloxLanes.Blocks(ref first, out W second, out W third, out W fourth, 5, 6, 7);
        W.Interleave(ref first, ref second, ref third, ref fourth);
        W[] words = [first, second, third, fourth];
        for (uint i = 0; i < 4 * W.Count; i++)
        {
            Assert.Equal(Philox.Block(start + (i / 4), 5, 6, 7)[(int)(i % 4)], Unsafe.Add(ref Unsafe.As<W, uint>(ref words[i / W.Count]), (int)(i % W.Count)));
        }
    }

    [Fact]
    public void Floats_are_scaled_where_their_word_is_below_the_bound()
    {
        AssertScaled<Words128>();
        if (Avx2.IsSupported) AssertScaled<Words256>();
        if (Avx512F.IsSupported) AssertScaled<Words512>();
    }

    private static void AssertScaled<W>() where W : struct, IWords<W>
    {
        // Words are unsigned: half of these would be negative.
        float[] floats = [.. Enumerable.Range(1, W.Count).Select(i => (float)i)];
        W.ScaleBelow(W.Sequence(0x7FFF_FFFE, 1), 0x8000_0001, ref floats[0], -1);
        Assert.Equal(Enumerable.Range(1, W.Count).Select(i => i <= 3 ? -i : (float)i), floats);
    }
}
