namespace NetGen;

/// <summary>Arithmetic on float lanes, all alike: what functions of one element at a time are written over, once, for any number of lanes.</summary>
/// <remarks>
/// Every member is inlined to a handful of instructions, so that lanes stay in registers. Where NaN or the order of operands matters, the member says so.
/// </remarks>
public interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> floats; no alignment is needed.</summary>
    static abstract TSelf Load(ref readonly float source);

    /// <summary>Writes <see cref="Count"/> floats; no alignment is needed.</summary>
    static abstract void Store(TSelf vector, ref float destination);

    /// <summary>All lanes are <paramref name="value"/>.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary><c>x + y</c>.</summary>
    static abstract TSelf operator +(TSelf x, TSelf y);

    /// <summary><c>x - y</c>.</summary>
    static abstract TSelf operator -(TSelf x, TSelf y);

    /// <summary><c>x * y</c>.</summary>
    static abstract TSelf operator *(TSelf x, TSelf y);

    /// <summary><c>x / y</c>.</summary>
    static abstract TSelf operator /(TSelf x, TSelf y);

    /// <summary><c>-x</c>, the sign of zero and NaN included.</summary>
    static abstract TSelf operator -(TSelf x);

    /// <summary><c>x * y + addend</c>, rounded once where the hardware fuses it and twice where fusing would be software.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf addend);

    /// <summary>The smaller of each pair; NaN when <paramref name="y"/> is NaN, unspecified when only <paramref name="x"/> is.</summary>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>The larger of each pair; NaN when <paramref name="y"/> is NaN, unspecified when only <paramref name="x"/> is.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The absolute value of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary><c>x &gt; y ? greater : otherwise</c>; a NaN in <paramref name="x"/> or <paramref name="y"/> selects <paramref name="otherwise"/>.</summary>
    static abstract TSelf SelectGreater(TSelf x, TSelf y, TSelf greater, TSelf otherwise);

    /// <summary><c>x * 2^n</c>, rounded once, for whole <paramref name="n"/> from -252 to 254 and <paramref name="x"/> that is 0 or between 0.5 and 2; NaN stays NaN.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);

    /// <summary>
    /// <c>x = m * 2^n</c> with <c>m</c> from 0.75 to below 1.5 and whole <paramref name="n"/>, returns <c>m</c>; for positive <paramref name="x"/>, denormals
    /// included. Of 0, m is 1 and n minus infinity, of infinity 1 and infinity; of what is below 0 or NaN, m is NaN.
    /// </summary>
    static abstract TSelf SplitPowerOfTwo(TSelf x, out TSelf n);
}
