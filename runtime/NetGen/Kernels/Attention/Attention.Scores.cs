using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Exponentials in the place of scores, sixteen queries at a time.</summary>
    [MethodImpl(Hot)]
    private static void Exponentials<V>(in QueryBlock block, float* scores, float* sums, float scale) where V : struct, IVector16<V>
    {
        nint step = block.Width;
        for (int q = 0; q < block.Width; q += 16)
        {
            (int from, int to) = block.SeenBy(q);
            (int fromAll, int toAll) = block.SeenByAll(q);
            Fill<V>(scores + q, step, 0, from, 0);
            for (int row = from; row < fromAll; row++) Hide<V>(in block, scores, row, q);
            for (int row = Math.Max(toAll, fromAll); row < to; row++) Hide<V>(in block, scores, row, q);
            Fill<V>(scores + q, step, to, block.Keys, 0);
            V max = Max<V>(scores + q + (from * step), step, to - from);
            V.Store(Exponentials<V>(scores + q + (from * step), step, to - from, scale, max), ref sums[q]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill<V>(float* column, nint step, int from, int to, float value) where V : struct, IVector16<V>
    {
        for (int row = from; row < to; row++) V.Store(V.Broadcast(value), ref column[row * step]);
    }

    /// <summary>Minus infinity where a query does not see the key of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Hide<V>(in QueryBlock block, float* scores, int row, int q) where V : struct, IVector16<V>
    {
        V never = V.Broadcast(float.NegativeInfinity);
        (int from, int to) = block.Seers(row, q);
        ref float place = ref scores[((nint)row * block.Width) + q];
        V.Store(V.SelectFirst(from, never, V.SelectFirst(to, V.Load(in place), never)), ref place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Max<V>(float* s, nint step, int count) where V : struct, IVector16<V>
    {
        // Four, because each waits for the one before.
        V a = V.Load(in *s), b = a, c = a, d = a;
        for (; count >= 4; count -= 4)
        {
            a = V.Max(a, V.Load(in *s));
            b = V.Max(b, V.Load(in s[step]));
            c = V.Max(c, V.Load(in s[step * 2]));
            d = V.Max(d, V.Load(in s[step * 3]));
            s += step * 4;
        }
        for (; count > 0; count--)
        {
            a = V.Max(a, V.Load(in *s));
            s += step;
        }
        return V.Max(V.Max(a, b), V.Max(c, d));
    }

    /// <summary><c>e = exp((s - max) scale)</c> in the place of s; gives the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponentials<V>(float* s, nint step, int count, float scale, V max) where V : struct, IVector16<V>
    {
        // One multiply-add. That max times scale is rounded changes all exponentials of a query by one factor.
        V factor = V.Broadcast(scale), shift = -(max * factor), sum = V.Broadcast(0);
        if (typeof(V) == typeof(Vector512x1))
        {
            Vector512x4 factors = Vector512x4.Broadcast(scale), shifts = Vector512x4.Repeat(Unsafe.BitCast<V, Vector512<float>>(shift));
            for (; count >= 4; count -= 4)
            {
                Vector512x4 e = VectorMath.ExpAtMostOne(Vector512x4.MultiplyAdd(Vector512x4.LoadRows(in *s, step), factors, shifts));
                Vector512x4.StoreRows(e, ref *s, step);
                sum = Unsafe.BitCast<Vector512<float>, V>(Vector512x4.AddInOrder(Unsafe.BitCast<V, Vector512<float>>(sum), e));
                s += step * 4;
            }
        }
        for (; count > 0; count--)
        {
            V e = VectorMath.ExpAtMostOne(V.MultiplyAdd(V.Load(in *s), factor, shift));
            V.Store(e, ref *s);
            sum += e;
            s += step;
        }
        return sum;
    }
}
