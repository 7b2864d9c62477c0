using System.ComponentModel;
using System.Runtime.Intrinsics;

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

    /// <summary><c>mask[k, q]</c> is <c>1 / (1 - rate)</c> where query q may use key k, else 0.</summary>
    /// <param name="mask"><c>[keys, width]</c> of the block, a query a column.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="sample">Of the call.</param>
    /// <param name="head">The head.</param>
    /// <param name="block">Its queries and keys.</param>
    internal unsafe void Mask(float* mask, AttentionShape shape, int sample, int head, in QueryBlock block)
    {
        float keep = 1 / (1 - rate);
        int blocksOfRow = (shape.KeyTime + 3) / 4;
        long firstRow = ((((long)(firstSample + sample) * shape.Heads) + head) * shape.QueryTime) + block.FirstQuery;
        for (int q = 0; q < block.Queries; q++)
        {
            long row = (firstRow + q) * blocksOfRow;
            for (int four = block.FirstKey / 4; four * 4 < block.EndKey; four++)
            {
                Vector128<uint> bits = Philox.Block((uint)(row + four), (uint)layer, (ulong)step, seed);
                int end = Math.Min((four * 4) + 4, block.EndKey);
                for (int key = Math.Max(four * 4, block.FirstKey); key < end; key++)
                {
                    mask[((key - block.FirstKey) * block.Width) + q] = bits[key % 4] < _dropBelow ? 0 : keep;
                }
            }
        }
    }
}
