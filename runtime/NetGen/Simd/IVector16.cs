using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Sixteen float lanes: what a kernel is written over, once, for every width of the hardware. A width is one struct that implements it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVector16<TSelf> : ILanes<TSelf> where TSelf : struct, IVector16<TSelf>
{
    /// <summary>Reads <paramref name="count"/> floats, 0 to 16, and nothing beyond; the other lanes are 0.</summary>
    static abstract TSelf LoadPartial(ref readonly float source, int count);

    /// <summary>Writes the first <paramref name="count"/> lanes, 0 to 16, and touches nothing beyond.</summary>
    static abstract void StorePartial(TSelf vector, ref float destination, int count);

    /// <summary>All lanes are lane <paramref name="lane"/> of <paramref name="x"/>, 0 to 15; two shuffles where it is a constant.</summary>
    static abstract TSelf BroadcastLane(TSelf x, int lane);

    /// <summary>Writes the first <paramref name="count"/> lanes, a constant from 1 to 4: two plain stores at most, which is less than one with a mask.</summary>
    static abstract void StoreFew(TSelf vector, ref float destination, int count);

    /// <summary><c>x * weights[offset..] + addend</c>, with 16 floats from memory: a line of straight-line code.</summary>
    /// <remarks>
    /// One call where three would do, as are the two that follow: the JIT inlines into a method until it has some number of local variables, and three calls would
    /// reach it after 60 lines, one after 400.
    /// </remarks>
    static abstract TSelf MultiplyAdd(TSelf x, ref readonly float weights, int offset, TSelf addend);

    /// <summary><c>x * weights[offset..] + addend</c>, with one number for all lanes.</summary>
    static abstract TSelf MultiplyAdd(float x, ref readonly float weights, int offset, TSelf addend);

    /// <summary><c>x[lane] * weights[offset..] + addend</c>, with one lane, 0 to 15, for all lanes; it should be a constant.</summary>
    static abstract TSelf MultiplyAddLane(TSelf x, int lane, ref readonly float weights, int offset, TSelf addend);

    /// <summary><c>x * y + addend</c>, with one number for all lanes, from memory where the hardware multiplies by that.</summary>
    static virtual TSelf MultiplyAdd(ref readonly float x, TSelf y, TSelf addend) => TSelf.MultiplyAdd(TSelf.Broadcast(x), y, addend);

    /// <summary>The first <paramref name="count"/> lanes, 0 to 16, of <paramref name="vector"/>, the others of <paramref name="rest"/>.</summary>
    static abstract TSelf SelectFirst(int count, TSelf vector, TSelf rest);

    /// <summary>The larger of each pair; NaN when one of them is.</summary>
    static abstract TSelf MaxOrNaN(TSelf x, TSelf y);

    /// <summary>The sum of the lanes, in one fixed order on every width: halves are added until one lane is left.</summary>
    static abstract float SumLanes(TSelf x);

    /// <summary>The sum of the lanes in double, in the same order.</summary>
    static abstract double SumLanesInDouble(TSelf x);

    /// <summary>The largest lane; unspecified when a lane is NaN.</summary>
    static abstract float MaxLanes(TSelf x);
}
