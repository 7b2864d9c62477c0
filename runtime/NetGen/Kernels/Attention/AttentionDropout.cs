using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Dropout of the probabilities of an attention layer. The mask is not stored: element <c>((sample * heads + head) * queryTime + query) * K + key</c> of the stream of
/// seed, step and layer decides, K being the keys rounded up to a multiple of 4. The default value drops nothing.
/// </summary>
/// <param name="rate">The probability of being dropped, in [0, 1).</param>
/// <param name="seed">The network's seed.</param>
/// <param name="step">The network's step, at least 0.</param>
/// <param name="layer">The layer's number in its network.</param>
/// <param name="firstSample">Where in the batch the first sample of a call stands.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionDropout(float rate, ulong seed, long step, int layer, int firstSample)
{
    private readonly uint _dropBelow = (uint)(rate * 4294967296.0);

    /// <summary>Whether anything is dropped.</summary>
    internal bool IsOn => _dropBelow > 0;

    /// <summary>What is kept is multiplied by this.</summary>
    internal float Scale => 1 / (1 - rate);

    /// <summary>Multiplies what is dropped by <paramref name="factor"/>, among the probabilities of keys that queries see.</summary>
    /// <param name="probabilities"><c>[keys, width]</c>, a query a column.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="sample">Of the call.</param>
    /// <param name="head">The head.</param>
    /// <param name="block">Its queries and keys.</param>
    /// <param name="factor">0, or -1 for who needs them still.</param>
    internal unsafe void Drop<V>(float* probabilities, AttentionShape shape, int sample, int head, in QueryBlock block, float factor) where V : struct, IVector16<V>
    {
        if (typeof(V) == typeof(Vector512x1)) DropWords<Words512>(probabilities, shape, sample, head, in block, factor);
        else if (typeof(V) == typeof(Vector256x2)) DropWords<Words256>(probabilities, shape, sample, head, in block, factor);
        else DropWords<Words128>(probabilities, shape, sample, head, in block, factor);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private unsafe void DropWords<W>(float* probabilities, AttentionShape shape, int sample, int head, in QueryBlock block, float factor) where W : struct, IWords<W>
    {
        // A block of four random words is for four keys of one query, so words of many blocks lie as probabilities do: a query a lane.
        int blocksOfRow = (shape.KeyTime + 3) / 4;
        nint width = block.Width;
        long row = ((((long)(firstSample + sample) * shape.Heads) + head) * shape.QueryTime) + block.FirstQuery;
        for (int q = 0; q < block.Width; q += W.Count)
        {
            (int from, int to) = block.SeenBy(q & -16);
            from += block.FirstKey;
            to += block.FirstKey;
            for (int key = from & -4; key < to; key += 4)
            {
                W word0 = W.Sequence((uint)(((row + q) * blocksOfRow) + (key / 4)), (uint)blocksOfRow);
                PhiloxLanes.Blocks(ref word0, out W word1, out W word2, out W word3, (uint)layer, (ulong)step, seed);
                ref float place = ref probabilities[((key - block.FirstKey) * width) + q];
                if (key >= from) W.ScaleBelow(word0, _dropBelow, ref place, factor);
                if (key + 1 >= from && key + 1 < to) W.ScaleBelow(word1, _dropBelow, ref Unsafe.Add(ref place, width), factor);
                if (key + 2 >= from && key + 2 < to) W.ScaleBelow(word2, _dropBelow, ref Unsafe.Add(ref place, width * 2), factor);
                if (key + 3 < to) W.ScaleBelow(word3, _dropBelow, ref Unsafe.Add(ref place, width * 3), factor);
            }
        }
    }
}
