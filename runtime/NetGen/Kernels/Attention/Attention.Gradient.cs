using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>The gradients of queries, keys and values.</content>
public static unsafe partial class Attention
{
    internal readonly ref struct GradientKernel(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<int> lengths, ReadOnlySpan<int> memoryLengths, ReadOnlySpan<float> dy,
        Span<float> dqueries, Span<float> dmemory, int samples, AttentionShape shape, AttentionDropout dropout) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _queries = queries, _memory = memory, _dy = dy;
        private readonly ReadOnlySpan<int> _lengths = lengths, _memoryLengths = memoryLengths;
        private readonly Span<float> _dqueries = dqueries, _dmemory = dmemory;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int scores = shape.KeyTime * shape.BlockQueries;
            int length = (2 * scores) + ((shape.HeadSize + 1) * shape.BlockQueries);
            fixed (float* queries = _queries, memory = _memory, dy = _dy, dqueries = _dqueries, dmemory = _dmemory, scratch = Scratch.OfThread(length))
            {
                float* p = scratch, dp = p + scores, columns = dp + scores, sums = columns + (shape.HeadSize * shape.BlockQueries);
                for (int sample = 0; sample < samples; sample++)
                {
                    int queryCount = Lengths.Of(_lengths, sample, shape.QueryTime);
                    int keyCount = shape.IsSelf ? queryCount : Lengths.Of(_memoryLengths, sample, shape.KeyTime);
                    // Keys and values sum over the blocks of queries, and no block reaches what is padding.
                    int ofQueries = shape.QueryTime * shape.QueryStep, ofMemory = shape.IsSelf ? 0 : shape.KeyTime * shape.KeyStep;
                    _dqueries.Slice(sample * ofQueries, ofQueries).Clear();
                    _dmemory.Slice(sample * ofMemory, ofMemory).Clear();
                    if (keyCount == 0) continue;
                    NextSample next = new(shape, sample, samples, queryCount);
                    for (int head = 0; head < shape.Heads; head++)
                    {
                        HeadRows rows = new(queries, memory, shape, sample, head), gradients = new(dqueries, dmemory, shape, sample, head);
                        float* ofResult = dy + ((nint)sample * shape.QueryTime * shape.Width) + (head * shape.HeadSize);
                        for (int first = 0; first < queryCount; first += shape.BlockQueries)
                        {
                            next.Fetch(queries, ofQueries);
                            next.Fetch(memory, ofMemory);
                            next.Fetch(dy, shape.QueryTime * shape.Width);
                            next.Advance();
                            QueryBlock block = new(shape, first, queryCount, keyCount);
                            float* dResult = ofResult + ((nint)first * shape.Width);
                            Scores<V>(in rows, in block, shape, columns, p, sums);
                            Products<V>(
                                rows.Values + (block.FirstKey * rows.KeyStep), rows.KeyStep, dResult, shape.Width, in block, shape.HeadSize, columns, dp);
                            if (dropout.IsOn) dropout.Drop<V>(p, shape, sample, head, in block, -1);
                            Derive<V>(in block, p, dp, sums, dropout.Scale, (float)(1 / Math.Sqrt(shape.HeadSize)));
                            Sum<V>(in rows, in gradients, in block, shape, p, dp, dResult);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// From exponentials e, negative where dropped, and their sums: <c>p = |e| / sum</c> and, with <c>g = e &gt; 0 ? keep dp : 0</c>, <c>ds = scale p (g - sum_k p g)</c> in the place
    /// of dp; and p in the place of e, times keep, 0 where dropped.
    /// </summary>
    /// <param name="block">Queries and keys.</param>
    /// <param name="e"><c>[keys, width]</c>.</param>
    /// <param name="dp"><c>[keys, width]</c>: <c>value_k dy_q</c>.</param>
    /// <param name="sums"><c>[width]</c>.</param>
    /// <param name="keep">What dropout multiplies by.</param>
    /// <param name="scale">Of the scores.</param>
    [MethodImpl(Hot)]
    private static void Derive<V>(in QueryBlock block, float* e, float* dp, float* sums, float keep, float scale) where V : struct, IVector16<V>
    {
        nint step = block.Width;
        for (int q = 0; q < block.Width; q += 16)
        {
            (int from, int to) = block.SeenBy(q);
            float* column = e + q + (from * step), gradients = dp + q + (from * step);
            V zero = V.Broadcast(0), inverse = V.Broadcast(1) / V.Load(in sums[q]), kept = V.Broadcast(keep);
            V mean = KeptProducts<V>(column, gradients, step, to - from) * inverse * kept;
            Fill<V>(dp + q, step, 0, from, 0);
            Fill<V>(dp + q, step, to, block.Keys, 0);
            V ofGradient = inverse * V.Broadcast(scale), ofResult = inverse * kept;
            for (int row = from; row < to; row++)
            {
                V power = V.Load(in *column), g = V.SelectGreater(power, zero, kept * V.Load(in *gradients), zero);
                V.Store(V.Abs(power) * ofGradient * (g - mean), ref *gradients);
                V.Store(V.Max(zero, power) * ofResult, ref *column);
                column += step;
                gradients += step;
            }
        }
    }

    /// <summary>The sum over keys of <c>max(e, 0) dp</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V KeptProducts<V>(float* e, float* dp, nint step, int count) where V : struct, IVector16<V>
    {
        V zero = V.Broadcast(0), a = zero, b = zero, c = zero, d = zero;
        for (; count >= 4; count -= 4)
        {
            a = V.MultiplyAdd(V.Max(zero, V.Load(in *e)), V.Load(in *dp), a);
            b = V.MultiplyAdd(V.Max(zero, V.Load(in e[step])), V.Load(in dp[step]), b);
            c = V.MultiplyAdd(V.Max(zero, V.Load(in e[step * 2])), V.Load(in dp[step * 2]), c);
            d = V.MultiplyAdd(V.Max(zero, V.Load(in e[step * 3])), V.Load(in dp[step * 3]), d);
            e += step * 4;
            dp += step * 4;
        }
        for (; count > 0; count--)
        {
            a = V.MultiplyAdd(V.Max(zero, V.Load(in *e)), V.Load(in *dp), a);
            e += step;
            dp += step;
        }
        return (a + b) + (c + d);
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
