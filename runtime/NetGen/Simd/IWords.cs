namespace NetGen.CompilerServices;

/// <summary>Lanes of 32-bit words, for random bits.</summary>
internal interface IWords<TSelf> where TSelf : struct, IWords<TSelf>
{
    /// <summary>Number of lanes, which divides 16.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes are <paramref name="value"/>.</summary>
    static abstract TSelf Broadcast(uint value);

    /// <summary>Lane i is <c>start + i step</c>, modulo 2^32.</summary>
    static abstract TSelf Sequence(uint start, uint step);

    /// <summary>The bits that differ.</summary>
    static abstract TSelf operator ^(TSelf x, TSelf y);

    /// <summary>The low words of the products with <paramref name="factor"/>, and the <paramref name="high"/> words.</summary>
    static abstract TSelf MultiplyWide(TSelf x, uint factor, out TSelf high);

    /// <summary>Multiplies the floats at <paramref name="place"/> by <paramref name="factor"/> where a word is less than <paramref name="bound"/>.</summary>
    static abstract void ScaleBelow(TSelf words, uint bound, ref float place, float factor);
}
