using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <content>One query against the keys and values of the steps before.</content>
public static unsafe partial class Attention
{
    /// <summary>The attention of one query: the last row that <see cref="Forward"/> gives for the steps in the cache.</summary>
    /// <param name="query"><c>[E]</c>.</param>
    /// <param name="keys"><c>[capacity, E]</c>: a ring of the last keys, that of the query included.</param>
    /// <param name="values"><c>[capacity, E]</c>: a ring of the last values.</param>
    /// <param name="scores"><c>[count]</c> or longer: memory to compute in.</param>
    /// <param name="start">Where in the rings the oldest step lies.</param>
    /// <param name="count">Steps in the rings, at least 1.</param>
    /// <param name="y"><c>[E]</c>.</param>
    /// <param name="heads">Number of heads.</param>
    [MethodImpl(Hot)]
    public static void Step(
        ReadOnlySpan<float> query, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> scores, int start, int count, Span<float> y, int heads)
    {
        Debug.Assert(y.Length == query.Length && query.Length % heads == 0 && keys.Length == values.Length && keys.Length % query.Length == 0);
        Debug.Assert(count > 0 && scores.Length >= count && count * query.Length <= keys.Length && start >= 0 && start * query.Length < keys.Length);
        Simd.Run(new StepKernel(query, keys, values, scores, start, count, y, heads));
    }

    /// <summary>A step of causal self-attention: remembers its key and value, and gives what its query makes of those remembered.</summary>
    /// <param name="x"><c>[3 E]</c>: query, key and value of the step.</param>
    /// <param name="keys"><c>[capacity, E]</c>: a ring of the last keys.</param>
    /// <param name="values"><c>[capacity, E]</c>: a ring of the last values.</param>
    /// <param name="scores"><c>[capacity]</c>: memory to compute in.</param>
    /// <param name="position">How many steps came before.</param>
    /// <param name="y"><c>[E]</c>.</param>
    /// <param name="heads">Number of heads.</param>
    public static void Step(ReadOnlySpan<float> x, Span<float> keys, Span<float> values, Span<float> scores, long position, Span<float> y, int heads)
    {
        int width = y.Length, capacity = keys.Length / width;
        Debug.Assert(x.Length == 3 * width);
        int place = (int)(position % capacity);
        x.Slice(width, width).CopyTo(keys.Slice(place * width, width));
        x.Slice(2 * width, width).CopyTo(values.Slice(place * width, width));
        bool isFull = position >= capacity - 1;
        Step(x[..width], keys, values, scores, start: isFull ? (place + 1) % capacity : 0, count: isFull ? capacity : place + 1, y, heads);
    }

    internal readonly ref struct StepKernel(
        ReadOnlySpan<float> query, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> scores, int start, int count, Span<float> y, int heads) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _query = query, _keys = keys, _values = values;
        private readonly Span<float> _y = y, _scores = scores;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector16<V>
        {
            int width = _query.Length, size = width / heads, capacity = _keys.Length / width;
            // The ring in two runs: from the oldest step to the end of its memory, and the rest from its beginning.
            int older = Math.Min(count, capacity - start), newer = count - older;
            fixed (float* query = _query, keys = _keys, values = _values, y = _y, scores = _scores)
            {
                for (int head = 0; head < width; head += size)
                {
                    Dots<V>(query + head, keys + ((nint)start * width) + head, scores, older, width, size);
                    Dots<V>(query + head, keys + head, scores + older, newer, width, size);
                    Probabilities<V>(scores, count, (float)(1 / Math.Sqrt(size)));
                    new Span<float>(y + head, size).Clear();
                    Mix<V>(scores, values + ((nint)start * width) + head, y + head, older, width, size);
                    Mix<V>(scores + older, values + head, y + head, newer, width, size);
                }
            }
        }
    }

    /// <summary><c>scores_k = query key_k</c>.</summary>
    [MethodImpl(Hot)]
    private static void Dots<V>(float* query, float* key, float* scores, int count, int step, int size) where V : struct, IVector16<V>
    {
        for (int k = 0; k < count; k++)
        {
            V sum = V.Broadcast(0);
            int j = 0;
            for (; j <= size - 16; j += 16) sum = V.MultiplyAdd(V.Load(in query[j]), V.Load(in key[j]), sum);
            if (j < size) sum = V.MultiplyAdd(V.LoadPartial(in query[j], size - j), V.LoadPartial(in key[j], size - j), sum);
            scores[k] = V.SumLanes(sum);
            key += step;
        }
    }

    /// <summary>The softmax of the scaled scores, in place.</summary>
    [MethodImpl(Hot)]
    private static void Probabilities<V>(float* scores, int count, float scale) where V : struct, IVector16<V>
    {
        V factor = V.Broadcast(scale), shift = V.Broadcast(-(Softmax.Max<V>(ref *scores, count) * scale)), sum = V.Broadcast(0);
        for (int k = 0; k < count; k += 16)
        {
            int lanes = Math.Min(16, count - k);
            V e = VectorMath.ExpAtMostOne(V.MultiplyAdd(UpTo16.Load<V>(in scores[k], lanes), factor, shift));
            UpTo16.Store(e, ref scores[k], lanes);
            sum += V.SelectFirst(lanes, e, V.Broadcast(0));
        }
        V inverse = V.Broadcast(1 / V.SumLanes(sum));
        for (int k = 0; k < count; k += 16)
        {
            int lanes = Math.Min(16, count - k);
            UpTo16.Store(UpTo16.Load<V>(in scores[k], lanes) * inverse, ref scores[k], lanes);
        }
    }

    /// <summary><c>y += sum over k of p_k value_k</c>.</summary>
    [MethodImpl(Hot)]
    private static void Mix<V>(float* p, float* values, float* y, int count, int step, int size) where V : struct, IVector16<V>
    {
        for (int j = 0; j < size; j += 16)
        {
            int lanes = Math.Min(16, size - j);
            V sum = UpTo16.Load<V>(in y[j], lanes);
            float* value = values + j;
            for (int k = 0; k < count; k++)
            {
                sum = V.MultiplyAdd(V.Broadcast(p[k]), UpTo16.Load<V>(in *value, lanes), sum);
                value += step;
            }
            UpTo16.Store(sum, ref y[j], lanes);
        }
    }
}
