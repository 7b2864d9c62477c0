using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Sixteen float lanes: what a kernel is written over, once, for every width of the hardware. A width is one struct that implements it.
/// </summary>
/// <remarks>
/// Every member is inlined to a handful of instructions, so that lanes stay in registers. Where NaN or the order of operands matters, the member says so.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVector16<TSelf> where TSelf : struct, IVector16<TSelf>
{
    /// <summary>All lanes are <paramref name="value"/>.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Reads 16 floats; no alignment is needed.</summary>
    static abstract TSelf Load(ref readonly float source);

    /// <summary>Reads <paramref name="count"/> floats, 0 to 15, and nothing beyond; the other lanes are 0.</summary>
    static abstract TSelf LoadPartial(ref readonly float source, int count);

    /// <summary>Writes 16 floats; no alignment is needed.</summary>
    static abstract void Store(TSelf vector, ref float destination);

    /// <summary>Writes the first <paramref name="count"/> lanes, 0 to 15, and touches nothing beyond.</summary>
    static abstract void StorePartial(TSelf vector, ref float destination, int count);

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

    /// <summary>The first <paramref name="count"/> lanes, 0 to 16, of <paramref name="vector"/>, the others of <paramref name="rest"/>.</summary>
    static abstract TSelf SelectFirst(int count, TSelf vector, TSelf rest);

    /// <summary><c>x * 2^n</c>, rounded once, for whole <paramref name="n"/> from -252 to 254 and <paramref name="x"/> that is 0 or between 0.5 and 2; NaN stays NaN.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);

    /// <summary>The sum of the lanes, in one fixed order on every width: halves are added until one lane is left.</summary>
    static abstract float SumLanes(TSelf x);

    /// <summary>The largest lane; unspecified when a lane is NaN.</summary>
    static abstract float MaxLanes(TSelf x);
}
