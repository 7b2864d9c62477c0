using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>Joins earlier values, by name: along the features of a flat or (time, features) value, along the channels of an image.</summary>
internal sealed class ConcatLayer : LayerKind
{
    public override string Kind => "Concat";

    public override IReadOnlyList<string> Positional => ["names"];

    public override Node Lower(LayerContext context)
    {
        int rank = context.Input.Shape.Rank;
        int axis = rank > 2 ? 0 : rank - 1;
        var parts = new List<Node> { context.Input };
        foreach ((string name, Node other) in context.ResolveNames("names"))
        {
            if (!OtherAxes(other.Shape, axis).SequenceEqual(OtherAxes(context.Input.Shape, axis)))
            {
                throw context.Fail(
                    IssueDescriptors.ShapesDiffer, "names", context.Name, context.InputName, context.Input.Shape.Describe(), name, other.Shape.Describe(),
                    $"only the {(rank > 2 ? "first (channels)" : "last (features)")} extent may differ");
            }
            parts.Add(other);
        }
        context.ExpectFits(parts.Sum(part => part.Shape.Count));
        return context.Add(new Concat(axis), [.. parts]);
    }

    private static IEnumerable<int> OtherAxes(Shape shape, int axis) => shape.Extents.Where((_, index) => index != axis).Prepend(shape.Rank);
}
