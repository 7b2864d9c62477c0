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

    /// <summary>The numbers from <paramref name="start"/> on, modulo 2^32, in the order of lanes in which <see cref="Interleave"/> puts what comes of them in a row.</summary>
    static abstract TSelf Blocks(uint start);

    /// <summary>From the first, second, third and fourth word of <see cref="Blocks"/>, a vector each, to block after block.</summary>
    static abstract void Interleave(ref TSelf first, ref TSelf second, ref TSelf third, ref TSelf fourth);

    /// <summary>The bits that differ.</summary>
    static abstract TSelf operator ^(TSelf x, TSelf y);

    /// <summary>The low words of the products with <paramref name="factor"/>, and the <paramref name="high"/> words.</summary>
    static abstract TSelf MultiplyWide(TSelf x, uint factor, out TSelf high);

    /// <summary>Multiplies the floats at <paramref name="place"/> by <paramref name="factor"/> where a word is less than <paramref name="bound"/>.</summary>
    static abstract void ScaleBelow(TSelf words, uint bound, ref float place, float factor);

    /// <summary><c>y = words &lt; bound ? 0 : x scale</c>, for as many floats as lanes.</summary>
    static abstract void DropBelow(TSelf words, uint bound, ref readonly float x, ref float y, float scale);
}
