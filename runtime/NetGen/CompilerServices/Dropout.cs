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
        Vector128<float> scale = Vector128.Create(1 / (1 - rate));
        Vector128<uint> dropBelow = Vector128.Create((uint)(rate * 4294967296.0));
        int i = 0;
        for (; i <= x.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Drop(Vector128.Create(x[i..]), i).CopyTo(y[i..]);
        }
        if (i < x.Length)
        {
            Span<float> last = stackalloc float[Vector128<float>.Count];
            x[i..].CopyTo(last);
            Drop(Vector128.Create<float>(last), i).CopyTo(last);
            last[..(x.Length - i)].CopyTo(y[i..]);
        }

        // A selection, not a branch: what a mask drops cannot be predicted.
        Vector128<float> Drop(Vector128<float> elements, int start)
        {
            Vector128<uint> bits = Philox.Block((uint)((first + start) / Vector128<uint>.Count), (uint)layer, (ulong)step, seed);
            return Vector128.ConditionalSelect(Vector128.LessThan(bits, dropBelow).AsSingle(), Vector128<float>.Zero, elements * scale);
        }
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
