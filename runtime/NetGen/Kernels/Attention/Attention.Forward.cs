using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>The attention of whole samples.</content>
public static unsafe partial class Attention
{
    internal readonly ref struct ForwardKernel(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<int> lengths, ReadOnlySpan<int> memoryLengths, Span<float> y,
        int samples, AttentionShape shape, AttentionDropout dropout) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _queries = queries, _memory = memory;
        private readonly ReadOnlySpan<int> _lengths = lengths, _memoryLengths = memoryLengths;
        private readonly Span<float> _y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int scores = shape.KeyTime * shape.BlockQueries;
            fixed (float* queries = _queries, memory = _memory, y = _y, scratch = Scratch.OfThread(scores + ((shape.HeadSize + 1) * shape.BlockQueries)))
            {
                for (int sample = 0; sample < samples; sample++)
                {
                    int queryCount = Lengths.Of(_lengths, sample, shape.QueryTime);
                    int keyCount = shape.IsSelf ? queryCount : Lengths.Of(_memoryLengths, sample, shape.KeyTime);
                    if (keyCount == 0) queryCount = 0;
                    _y.Slice(((sample * shape.QueryTime) + queryCount) * shape.Width, (shape.QueryTime - queryCount) * shape.Width).Clear();
                    NextSample next = new(shape, sample, samples, queryCount);
                    for (int head = 0; head < shape.Heads; head++)
                    {
                        HeadRows rows = new(queries, memory, shape, sample, head);
                        float* result = y + ((nint)sample * shape.QueryTime * shape.Width) + (head * shape.HeadSize);
                        for (int first = 0; first < queryCount; first += shape.BlockQueries)
                        {
                            next.Fetch(queries, shape.QueryTime * shape.QueryStep);
                            next.Fetch(memory, shape.KeyTime * shape.KeyStep);
                            next.Advance();
                            QueryBlock block = new(shape, first, queryCount, keyCount);
                            float* probabilities = scratch, columns = probabilities + scores, sums = columns + (shape.HeadSize * shape.BlockQueries);
                            Scores<V>(in rows, in block, shape, columns, probabilities, sums);
                            if (dropout.IsOn) dropout.Drop<V>(probabilities, shape, sample, head, in block, 0);
                            Mix<V>(in rows, in block, shape, probabilities, sums, dropout.Scale, result + ((nint)first * shape.Width));
                        }
                    }
                }
            }
        }
    }

    /// <summary><c>y_q = sum over keys of scale e_kq value_k / sum_q</c>.</summary>
    [MethodImpl(Hot)]
    private static void Mix<V>(in HeadRows rows, in QueryBlock block, AttentionShape shape, float* exponentials, float* sums, float scale, float* y) where V : struct, IVector16<V>
    {
        var o = new TileOperands
        {
            A = exponentials,
            RowStep = 1,
            InnerStep = block.Width,
            B = rows.Values + (block.FirstKey * rows.KeyStep),
            BStep = rows.KeyStep,
            C = y,
            CStep = shape.Width,
            Inner = block.Keys,
        };
        Gemm.Run<V, Activated<Identity>>(ref o, block.Queries, shape.HeadSize, default);
        for (int q = 0; q < block.Queries; q++)
        {
            V factor = V.Broadcast(scale / sums[q]);
            int j = 0;
            for (; j <= shape.HeadSize - 16; j += 16) V.Store(V.Load(in y[j]) * factor, ref y[j]);
            if (j < shape.HeadSize) V.StorePartial(V.LoadPartial(in y[j], shape.HeadSize - j) * factor, ref y[j], shape.HeadSize - j);
            y += shape.Width;
        }
    }
}
