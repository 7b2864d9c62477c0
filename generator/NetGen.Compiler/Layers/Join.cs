using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>Values one after the other: along the features of flat or (time, features) values, along the channels of images.</summary>
internal static class Join
{
    /// <summary>Joins values whose shapes are equal but for that axis.</summary>
    /// <param name="context">The layer that joins.</param>
    /// <param name="parts">The values and who gives them, at least one.</param>
    /// <param name="argument">The argument that names them.</param>
    /// <exception cref="LoweringException">Other extents differ, or the whole is too large.</exception>
    public static Node Lower(LayerContext context, IReadOnlyList<(string Name, Node Value)> parts, string? argument)
    {
        (string firstName, Node first) = parts[0];
        int axis = ChannelAxis.Of(first.Shape);
        foreach ((string name, Node other) in parts.Skip(1))
        {
            if (!OtherAxes(other.Shape, axis).SequenceEqual(OtherAxes(first.Shape, axis)))
            {
                string free = first.Shape.Rank > 2 ? "channels" : "features";
                throw context.ShapesDiffer($"shapes that are equal but for the {free}", first.Shape, firstName, other.Shape, name, argument, freeAxis: axis);
            }
        }
        context.ExpectFits(parts.Sum(part => part.Value.Shape.Count));
        return context.Add(new Concat(axis), [.. parts.Select(part => part.Value)]);
    }

    private static IEnumerable<int> OtherAxes(Shape shape, int axis) => shape.Extents.Where((_, index) => index != axis).Prepend(shape.Rank);
}
