using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>The gradients of queries, keys and values.</content>
public static unsafe partial class Attention
{
    internal readonly ref struct GradientKernel(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<float> lengths, ReadOnlySpan<float> memoryLengths, ReadOnlySpan<float> dy,
        Span<float> dqueries, Span<float> dmemory, int samples, AttentionShape shape, AttentionDropout dropout) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _queries = queries, _memory = memory, _lengths = lengths, _memoryLengths = memoryLengths, _dy = dy;
        private readonly Span<float> _dqueries = dqueries, _dmemory = dmemory;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            // Keys and values sum over the blocks of queries, and no block reaches what is padding.
            _dqueries.Clear();
            _dmemory.Clear();
            int scores = shape.KeyTime * QueryBlock.Most;
            int length = (dropout.IsOn ? 3 : 2) * scores + (shape.HeadSize + 1) * QueryBlock.Most;
            fixed (float* queries = _queries, memory = _memory, dy = _dy, dqueries = _dqueries, dmemory = _dmemory, scratch = Scratch.OfThread(length))
            {
                float* p = scratch, dp = p + scores, columns = dp + scores, sums = columns + (shape.HeadSize * QueryBlock.Most), mask = dropout.IsOn ? sums + QueryBlock.Most : null;
                for (int sample = 0; sample < samples; sample++)
                {
                    int queryCount = Lengths.Of(_lengths, sample, shape.QueryTime);
                    int keyCount = shape.IsSelf ? queryCount : Lengths.Of(_memoryLengths, sample, shape.KeyTime);
                    if (keyCount == 0) continue;
                    for (int head = 0; head < shape.Heads; head++)
                    {
                        HeadRows rows = new(queries, memory, shape, sample, head), gradients = new(dqueries, dmemory, shape, sample, head);
                        float* ofResult = dy + ((nint)sample * shape.QueryTime * shape.Width) + (head * shape.HeadSize);
                        for (int first = 0; first < queryCount; first += QueryBlock.Most)
                        {
                            QueryBlock block = new(shape, first, queryCount, keyCount);
                            float* dResult = ofResult + ((nint)first * shape.Width);
                            Scores<V>(in rows, in block, shape, columns, p, sums);
                            Products<V>(
                                rows.Values + (block.FirstKey * rows.KeyStep), rows.KeyStep, dResult, shape.Width, in block, shape.HeadSize, columns, dp);
                            if (dropout.IsOn) dropout.Mask(mask, shape, sample, head, in block);
                            Derive<V>(in block, p, dp, sums, mask, (float)(1 / Math.Sqrt(shape.HeadSize)));
                            Sum<V>(in rows, in gradients, in block, shape, p, dp, dResult);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// From exponentials e, their sums and <c>g = mask dp</c>: <c>p = e / sum</c> and <c>ds = scale p (g - sum_k p g)</c> in the place of dp, and <c>mask p</c> in the place of e.
    /// </summary>
    /// <param name="block">Queries and keys.</param>
    /// <param name="e"><c>[keys, width]</c>.</param>
    /// <param name="dp"><c>[keys, width]</c>: <c>value_k dy_q</c>.</param>
    /// <param name="sums"><c>[width]</c>.</param>
    /// <param name="mask"><c>[keys, width]</c>, or null for 1.</param>
    /// <param name="scale">Of the scores.</param>
    [MethodImpl(Hot)]
    private static void Derive<V>(in QueryBlock block, float* e, float* dp, float* sums, float* mask, float scale) where V : struct, IVector16<V>
    {
        int step = block.Width, end = block.Keys * step;
        if (mask != null) Multiply<V>(dp, mask, end);
        for (int q = 0; q < step; q += 16)
        {
            V mean = V.Broadcast(0), inverse = V.Broadcast(1) / V.Load(in sums[q]), factor = V.Broadcast(scale);
            for (int i = q; i < end; i += step) mean = V.MultiplyAdd(V.Load(in e[i]), V.Load(in dp[i]), mean);
            mean *= inverse;
            for (int i = q; i < end; i += step)
            {
                V p = V.Load(in e[i]) * inverse;
                V.Store(p, ref e[i]);
                V.Store(p * factor * (V.Load(in dp[i]) - mean), ref dp[i]);
            }
        }
        if (mask != null) Multiply<V>(e, mask, end);
    }

    /// <summary><c>dq = ds^T k</c> for the block; <c>dk += ds q</c> and <c>dv += p dy</c> for the keys that it sees.</summary>
    [MethodImpl(Hot)]
    private static void Sum<V>(in HeadRows rows, in HeadRows gradients, in QueryBlock block, AttentionShape shape, float* p, float* ds, float* dy)
        where V : struct, IVector16<V>
    {
        var o = new TileOperands
        {
            A = ds,
            RowStep = 1,
            InnerStep = block.Width,
            B = rows.Keys + (block.FirstKey * rows.KeyStep),
            BStep = rows.KeyStep,
            C = gradients.Queries + (block.FirstQuery * gradients.QueryStep),
            CStep = gradients.QueryStep,
            Inner = block.Keys,
        };
        Gemm.Run<V, Activated<Identity>>(ref o, block.Queries, shape.HeadSize, default);

        o.RowStep = block.Width;
        o.InnerStep = 1;
        o.Inner = block.Queries;
        o.B = rows.Queries + (block.FirstQuery * rows.QueryStep);
        o.BStep = rows.QueryStep;
        o.C = gradients.Keys + (block.FirstKey * gradients.KeyStep);
        o.CStep = gradients.KeyStep;
        o.Start = o.C;
        o.StartStep = o.CStep;
        Gemm.Run<V, Activated<Identity>>(ref o, block.Keys, shape.HeadSize, default);

        o.A = p;
        o.B = dy;
        o.BStep = shape.Width;
        o.C = gradients.Values + (block.FirstKey * gradients.KeyStep);
        o.Start = o.C;
        Gemm.Run<V, Activated<Identity>>(ref o, block.Keys, shape.HeadSize, default);
    }
}
