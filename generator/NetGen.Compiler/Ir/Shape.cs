using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Ir;

/// <summary>The shape of a value. A batched one has a leading axis of symbolic extent <c>B</c>, the number of samples; all else is constant.</summary>
/// <param name="Batched">Whether the leading axis is the batch.</param>
/// <param name="Extents">The other axes, outermost first.</param>
public sealed record Shape(bool Batched, EquatableArray<int> Extents)
{
    private const long Largest = 1L << 62;

    public static Shape Of(params int[] extents) => new(false, new(extents));

    public static Shape Batch(params int[] extents) => new(true, new(extents));

    public static Shape Batch(IEnumerable<int> extents) => new(true, new(extents));

    /// <summary>Number of constant axes; the batch does not count.</summary>
    public int Rank => Extents.Count;

    /// <summary>Elements of one sample, or of the whole value where it is not batched. At most 2^62, so that a size beyond 2^63 is not taken for a small one.</summary>
    public long Count
    {
        get
        {
            long product = 1;
            for (int axis = 0; axis < Extents.Count; axis++)
            {
                int extent = Extents[axis];
                product = extent > 0 && product > Largest / extent ? Largest : product * extent;
            }
            return product;
        }
    }

    /// <summary>The extent of the last axis.</summary>
    public int Last => Extents[Rank - 1];

    /// <summary>Elements as a function of the batch.</summary>
    public Size Size => Batched ? new((int)Count, 0) : new(0, (int)Count);

    /// <summary>The same shape with another last axis.</summary>
    public Shape WithLast(int extent) => new(Batched, new(Extents.Take(Rank - 1).Append(extent)));

    /// <summary>The shape of one sample as users write it: <c>1x28x28</c>.</summary>
    public string Describe() => Rank == 0 ? "scalar" : string.Join("x", Extents);

    /// <summary>The shape in the notation of comments and printed graphs: <c>[B, 28, 28]</c>.</summary>
    public override string ToString() => "[" + string.Join(", ", (Batched ? ["B"] : Enumerable.Empty<string>()).Concat(Extents.Select(extent => $"{extent}"))) + "]";
}

/// <summary>A number of floats that depends on the batch: <c>PerSample * B + Constant</c>.</summary>
public readonly record struct Size(int PerSample, int Constant)
{
    /// <summary>As C#, with <c>batch</c> for B.</summary>
    public override string ToString() => ToString("batch");

    /// <summary>As C#, with a variable for B.</summary>
    public string ToString(string batch)
    {
        string product = PerSample == 1 ? batch : $"{PerSample} * {batch}";
        return PerSample == 0 ? $"{Constant}" : Constant == 0 ? product : $"{product} + {Constant}";
    }
}
