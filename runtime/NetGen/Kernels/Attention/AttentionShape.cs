using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The geometry of an attention layer: how many queries and keys, their heads, who sees whom, and where queries, keys and values lie in their rows.</summary>
/// <remarks>E is <c>heads * headSize</c>; a head's queries, keys and values are <c>headSize</c> columns each.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AttentionShape
{
    private AttentionShape(int queryTime, int keyTime, int heads, int headSize, bool causal, int window, bool isSelf)
    {
        (QueryTime, KeyTime, Heads, HeadSize, Causal, Window, IsSelf) = (queryTime, keyTime, heads, headSize, causal, window, isSelf);
        // What the gradient of a block of queries takes, the most that a kernel asks for: two blocks of scores, and the queries with their sums.
        long scratch = ((2L * keyTime) + headSize + 1) * BlockQueries;
        if (scratch > Array.MaxLength - AlignedBuffer.Alignment)
        {
            throw new ArgumentOutOfRangeException(
                nameof(keyTime), keyTime, $"Expected fewer keys, got {keyTime}, whose scores of {BlockQueries} queries no array holds.");
        }
        QueryStep = isSelf ? 3 * Width : Width;
        KeyStep = isSelf ? 3 * Width : 2 * Width;
        KeyOffset = isSelf ? Width : 0;
        ValueOffset = KeyOffset + Width;
    }

    internal int QueryTime { get; }

    internal int KeyTime { get; }

    internal int Heads { get; }

    internal int HeadSize { get; }

    /// <summary>Whether a query sees no later key.</summary>
    internal bool Causal { get; }

    /// <summary>How many keys a query sees at most, itself and those before; 0 for all.</summary>
    internal int Window { get; }

    /// <summary>Whether queries, keys and values are columns of one tensor.</summary>
    internal bool IsSelf { get; }

    /// <summary>Queries whose scores are computed together. Of many the products are faster, of few less is computed that the mask hides.</summary>
    internal int BlockQueries => Causal && (Window > 0 ? Math.Min(Window, KeyTime) : KeyTime) <= 256 ? 16 : 32;

    /// <summary>E: floats of a row of the result.</summary>
    internal int Width => Heads * HeadSize;

    /// <summary>From one query to the next.</summary>
    internal int QueryStep { get; }

    /// <summary>From one key to the next, and from one value to the next.</summary>
    internal int KeyStep { get; }

    /// <summary>Where keys begin in their row.</summary>
    internal int KeyOffset { get; }

    /// <summary>Where values begin in the row of the keys.</summary>
    internal int ValueOffset { get; }

    /// <summary>Self-attention over one tensor <c>[B, T, 3E]</c>, whose rows are a step's query, key and value.</summary>
    /// <param name="time">T, steps.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="headSize">Floats of a head's query.</param>
    /// <param name="causal">Whether a step sees no later one.</param>
    /// <param name="window">How many steps a step sees at most, itself and those before, where causal; 0 for all.</param>
    /// <exception cref="ArgumentException">A window without <paramref name="causal"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scores of a block of queries are more than an array holds.</exception>
    public static AttentionShape Self(int time, int heads, int headSize, bool causal = false, int window = 0)
    {
        if (window > 0 && !causal) throw new ArgumentException("Only causal attention has a window.", nameof(window));
        return new(time, time, heads, headSize, causal, window, isSelf: true);
    }

    /// <summary>Cross-attention of queries <c>[B, Tq, E]</c> over <c>[B, Tk, 2E]</c>, whose rows are a step's key and value.</summary>
    /// <param name="queryTime">Tq, steps of the queries.</param>
    /// <param name="keyTime">Tk, steps of the keys.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="headSize">Floats of a head's query.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scores of a block of queries are more than an array holds.</exception>
    public static AttentionShape Cross(int queryTime, int keyTime, int heads, int headSize) => new(queryTime, keyTime, heads, headSize, causal: false, window: 0, isSelf: false);
}
