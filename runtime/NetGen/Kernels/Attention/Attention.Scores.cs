using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>The probabilities of a block of queries, a query a column.</content>
public static unsafe partial class Attention
{
    /// <summary><c>e_kq = exp((s_kq - max_k s_kq) / sqrt(headSize))</c> with <c>s_kq = key_k query_q</c>, 0 where q does not see k; and their sums over k.</summary>
    /// <param name="rows">The head.</param>
    /// <param name="block">Its queries and keys.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="columns">Scratch: <c>[headSize, width]</c>.</param>
    /// <param name="exponentials"><c>[keys, width]</c>. Columns without a query are of no meaning.</param>
    /// <param name="sums"><c>[width]</c>.</param>
    [MethodImpl(Hot)]
    private static void Scores<V>(in HeadRows rows, in QueryBlock block, AttentionShape shape, float* columns, float* exponentials, float* sums)
        where V : struct, IVector16<V>
    {
        Products<V>(
            rows.Keys + (block.FirstKey * rows.KeyStep), rows.KeyStep, rows.Queries + (block.FirstQuery * rows.QueryStep), rows.QueryStep, in block, shape.HeadSize,
            columns, exponentials);
        Hide<V>(in block, exponentials);
        Exponentials<V>(in block, exponentials, sums, (float)(1 / Math.Sqrt(shape.HeadSize)));
    }

    /// <summary><c>c_kq = a_k b_q</c> for the keys and queries of a block.</summary>
    [MethodImpl(Hot)]
    private static void Products<V>(float* a, nint aStep, float* b, nint bStep, in QueryBlock block, int size, float* columns, float* c) where V : struct, IVector16<V>
    {
        // Columns without a query are computed and not used, but what they hold must be numbers: denormals and NaN can be slow.
        if (block.Queries < block.Width) new Span<float>(columns, size * block.Width).Clear();
        Transpose.Copy(b, bStep, columns, block.Width, block.Queries, size);
        var o = new TileOperands { A = a, RowStep = aStep, InnerStep = 1, B = columns, BStep = block.Width, C = c, CStep = block.Width, Inner = size };
        Gemm.Run<V, Activated<Identity>>(ref o, block.Keys, block.Width, default);
    }

    /// <summary>Minus infinity where a query does not see a key.</summary>
    [MethodImpl(Hot)]
    private static void Hide<V>(in QueryBlock block, float* scores) where V : struct, IVector16<V>
    {
        for (int key = block.FirstKey; key < block.EndEarlyKey; key++) Hide<V>(in block, scores, key);
        for (int key = Math.Max(block.FirstLateKey, block.EndEarlyKey); key < block.EndKey; key++) Hide<V>(in block, scores, key);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Hide<V>(in QueryBlock block, float* scores, int key) where V : struct, IVector16<V>
    {
        V never = V.Broadcast(float.NegativeInfinity);
        int first = block.FirstSeer(key), end = block.EndSeer(key);
        float* row = scores + ((nint)(key - block.FirstKey) * block.Width);
        for (int q = 0; q < block.Width; q += 16)
        {
            V seen = V.SelectFirst(Math.Clamp(end - q, 0, 16), V.Load(in row[q]), never);
            V.Store(V.SelectFirst(Math.Clamp(first - q, 0, 16), never, seen), ref row[q]);
        }
    }

    [MethodImpl(Hot)]
    private static void Exponentials<V>(in QueryBlock block, float* scores, float* sums, float scale) where V : struct, IVector16<V>
    {
        int step = block.Width, keys = block.Keys;
        for (int q = 0; q < step; q += 16)
        {
            float* s = scores + q;
            V max = V.Load(in *s);
            for (int key = 1; key < keys; key++) max = V.Max(max, V.Load(in s[key * step]));
            // (s - max) scale as one multiply-add. That max times scale is rounded changes all exponentials of a query by one factor.
            V factor = V.Broadcast(scale), shift = -(max * factor), sum = V.Broadcast(0);
            for (int key = 0; key < keys; key++)
            {
                V e = VectorMath.ExpAtMostOne(V.MultiplyAdd(V.Load(in *s), factor, shift));
                V.Store(e, ref *s);
                sum += e;
                s += step;
            }
            V.Store(sum, ref sums[q]);
        }
    }
}
