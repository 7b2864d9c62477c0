using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Scaled dot-product attention, <c>softmax(q k^T / sqrt(headSize) + mask) v</c> for each head (Vaswani et al. 2017, "Attention is all you need"), and its gradient.
/// </summary>
/// <remarks>
/// The scores of a block of queries are computed, turned to probabilities and used while they are in cache; no matrix of all scores exists. In a block a query is a lane:
/// maxima and sums over keys are plain arithmetic on vectors. What a block gives depends on its sample only.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Attention
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>The attention of some samples. Keys beyond a sample's length are not seen, and queries beyond it give 0.</summary>
    /// <param name="queries"><c>[samples, Tq, E]</c>; in self-attention <c>[samples, T, 3E]</c>, query, key and value in each row.</param>
    /// <param name="memory"><c>[samples, Tk, 2E]</c>, key and value in each row; empty in self-attention.</param>
    /// <param name="lengths"><c>[samples]</c>: queries of each sample; empty when all are full.</param>
    /// <param name="memoryLengths"><c>[samples]</c>: keys of each sample; empty when all are full, and in self-attention.</param>
    /// <param name="y"><c>[samples, Tq, E]</c>.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="dropout">What is dropped of the probabilities.</param>
    [MethodImpl(Hot)]
    public static void Forward(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<int> lengths, ReadOnlySpan<int> memoryLengths, Span<float> y,
        int samples, AttentionShape shape, AttentionDropout dropout = default)
    {
        AssertLengths(queries, memory, lengths, memoryLengths, samples, shape);
        Debug.Assert(y.Length == samples * shape.QueryTime * shape.Width);
        Simd.Run(new ForwardKernel(queries, memory, lengths, memoryLengths, y, samples, shape, dropout));
    }

    /// <summary>The gradients of queries, keys and values, in the layout of these; what lies beyond a sample's length gets 0. Probabilities are computed again.</summary>
    /// <param name="queries">As in <see cref="Forward"/>.</param>
    /// <param name="memory">As in <see cref="Forward"/>.</param>
    /// <param name="lengths">As in <see cref="Forward"/>.</param>
    /// <param name="memoryLengths">As in <see cref="Forward"/>.</param>
    /// <param name="dy"><c>[samples, Tq, E]</c>.</param>
    /// <param name="dqueries">Like queries; overlaps no operand.</param>
    /// <param name="dmemory">Like memory.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="dropout">As in <see cref="Forward"/>.</param>
    [MethodImpl(Hot)]
    public static void Gradient(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<int> lengths, ReadOnlySpan<int> memoryLengths, ReadOnlySpan<float> dy,
        Span<float> dqueries, Span<float> dmemory, int samples, AttentionShape shape, AttentionDropout dropout = default)
    {
        AssertLengths(queries, memory, lengths, memoryLengths, samples, shape);
        Debug.Assert(dy.Length == samples * shape.QueryTime * shape.Width && dqueries.Length == queries.Length && dmemory.Length == memory.Length);
        Simd.Run(new GradientKernel(queries, memory, lengths, memoryLengths, dy, dqueries, dmemory, samples, shape, dropout));
    }

    [Conditional("DEBUG")]
    private static void AssertLengths(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> memory, ReadOnlySpan<int> lengths, ReadOnlySpan<int> memoryLengths, int samples, AttentionShape shape)
    {
        Debug.Assert(queries.Length == samples * shape.QueryTime * shape.QueryStep);
        Debug.Assert(memory.Length == (shape.IsSelf ? 0 : samples * shape.KeyTime * shape.KeyStep));
        Debug.Assert((lengths.IsEmpty || lengths.Length == samples) && (memoryLengths.IsEmpty || (memoryLengths.Length == samples && !shape.IsSelf)));
    }
}
