using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Items that lie one after the other: what one worker does of them all.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Part
{
    internal Part(int start, int count)
    {
        Start = start;
        Count = count;
    }

    /// <summary>The first item.</summary>
    public int Start { get; }

    /// <summary>Number of items; may be 0.</summary>
    public int Count { get; }

    /// <summary>The values of this part's items, <paramref name="perItem"/> each, among the values of all items.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="values"/> ends before this part does.</exception>
    public Span<float> Of(Span<float> values, int perItem) => values.Slice(checked(Start * perItem), checked(Count * perItem));

    /// <inheritdoc cref="Of(Span{float}, int)"/>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> values, int perItem) => values.Slice(checked(Start * perItem), checked(Count * perItem));

    /// <inheritdoc cref="Of(Span{float}, int)"/>
    public ReadOnlySpan<int> Of(ReadOnlySpan<int> values, int perItem) => values.Slice(checked(Start * perItem), checked(Count * perItem));

    /// <summary>The lengths of this part's sequences among those of all; empty where all are full.</summary>
    public ReadOnlySpan<int> LengthsOf(ReadOnlySpan<int> lengths) => lengths.IsEmpty ? lengths : lengths.Slice(Start, Count);
}
