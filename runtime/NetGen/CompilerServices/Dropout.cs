using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Dropout whose mask is never stored: what is dropped is a function of seed, step, layer and element.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>
    /// <c>y[i] = keep(i) ? x[i] / (1 - rate) : 0</c>, where an element is kept with probability <c>1 - rate</c>.
    /// Its gradient is the same call on the gradient of <paramref name="y"/>, with the same seed, step and layer.
    /// </summary>
    /// <param name="x">Elements of a batch.</param>
    /// <param name="y">As long as <paramref name="x"/>, and may be <paramref name="x"/>.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="step">The network's step, at least 0.</param>
    /// <param name="layer">The layer's number in its network, so that two layers drop different elements.</param>
    /// <param name="first">Where in the batch's value the first of them stands: a multiple of 4.</param>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, long step, int layer, int first)
    {
        Debug.Assert(x.Length == y.Length && rate is >= 0 and < 1 && step >= 0 && first % Vector128<uint>.Count == 0);
        Simd.Run(new ApplyKernel(x, y, rate, seed, step, layer, (uint)(first / Vector128<uint>.Count)));
    }

    /// <summary>The same for whole channels: element <c>sample * channels + c</c> of the mask decides for channel c of the sample.</summary>
    /// <param name="x"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="y">As long as <paramref name="x"/>, and may be <paramref name="x"/>.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="step">The network's step, at least 0.</param>
    /// <param name="layer">The layer's number in its network.</param>
    /// <param name="firstSample">Where in the batch the first sample stands.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    public static void ApplyToChannels(ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, long step, int layer, int firstSample, int pixels, int channels)
    {
        Debug.Assert(x.Length == y.Length && x.Length % (pixels * channels) == 0);
        int floats = pixels * channels;
        for (int start = 0; start < x.Length; start += floats, firstSample++)
        {
            // Random numbers come in fours, and the sample's may begin between two fours.
            int first = firstSample * channels, before = first % Vector128<uint>.Count;
            Span<float> mask = Scratch.OfThread(before + channels);
            mask.Fill(1);
            Apply(mask, mask, rate, seed, step, layer, first - before);
            Simd.Run(new MaskKernel(x.Slice(start, floats), mask[before..], y.Slice(start, floats)));
        }
    }

    /// <summary>A block of four random words is for four elements.</summary>
    internal readonly ref struct ApplyKernel(ReadOnlySpan<float> x, Span<float> y, float rate, ulong seed, long step, int layer, uint firstBlock) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;

        public void Run<V>() where V : struct, IVector16<V>
        {
            if (typeof(V) == typeof(Vector512x1)) DropWords<Words512>();
            else if (typeof(V) == typeof(Vector256x2)) DropWords<Words256>();
            else DropWords<Words128>();
        }

        // A selection, not a branch: what a mask drops cannot be predicted.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void DropWords<W>() where W : struct, IWords<W>
        {
            float scale = 1 / (1 - rate);
            uint dropBelow = (uint)(rate * 4294967296.0);
            ref float x = ref MemoryMarshal.GetReference(_x), y = ref MemoryMarshal.GetReference(_y);
            int i = 0;
            for (; i <= _x.Length - (4 * W.Count); i += 4 * W.Count)
            {
                W first = W.Blocks(firstBlock + (uint)(i / 4));
                PhiloxLanes.Blocks(ref first, out W second, out W third, out W fourth, (uint)layer, (ulong)step, seed);
                W.Interleave(ref first, ref second, ref third, ref fourth);
                Drop(first, ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i));
                Drop(second, ref Unsafe.Add(ref x, i + W.Count), ref Unsafe.Add(ref y, i + W.Count));
                Drop(third, ref Unsafe.Add(ref x, i + (2 * W.Count)), ref Unsafe.Add(ref y, i + (2 * W.Count)));
                Drop(fourth, ref Unsafe.Add(ref x, i + (3 * W.Count)), ref Unsafe.Add(ref y, i + (3 * W.Count)));
            }
            for (; i < _x.Length; i += 4)
            {
                Vector128<uint> words = Philox.Block(firstBlock + (uint)(i / 4), (uint)layer, (ulong)step, seed);
                for (int j = i; j < Math.Min(i + 4, _x.Length); j++) Unsafe.Add(ref y, j) = words[j - i] < dropBelow ? 0 : Unsafe.Add(ref x, j) * scale;
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void Drop(W words, ref float x, ref float y) => W.DropBelow(words, dropBelow, in x, ref y, scale);
        }
    }

    /// <summary><c>y = mask &gt; 0 ? mask x : 0</c> for each pixel.</summary>
    private readonly ref struct MaskKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> mask, Span<float> y) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _mask = mask;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int channels = _mask.Length;
            for (int row = 0; row < _x.Length; row += channels)
            {
                int c = 0;
                for (; c <= channels - 16; c += 16) Vector<V>(row, c, 16);
                if (c < channels) Vector<V>(row, c, channels - c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Vector<V>(int row, int c, int lanes) where V : struct, IVector16<V>
        {
            V mask = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_mask), c), lanes);
            V x = UpTo16.Load<V>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), row + c), lanes);
            V zero = V.Broadcast(0);
            UpTo16.Store(V.SelectGreater(mask, zero, mask * x, zero), ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), row + c), lanes);
        }
    }
}
