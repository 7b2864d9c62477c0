using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>How an axis lies in memory.</summary>
internal static class Strides
{
    /// <summary>Floats from one row to the next, a row being all that lies within one index of the axes before this one.</summary>
    public static int Inner(Shape shape, int axis) => shape.Extents.Skip(axis).Aggregate(1, (product, extent) => product * extent);

    /// <summary>Number of such rows, as a function of the batch.</summary>
    public static Size Rows(Shape shape, int axis) => new Shape(shape.Batched, new(shape.Extents.Take(axis))).Size;
}
