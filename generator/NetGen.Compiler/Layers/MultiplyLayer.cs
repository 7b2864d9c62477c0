using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Layers;

/// <summary>
/// Multiplies by earlier values, by name: element by element, or each channel of the one by a number of the other, which sample by sample has one a channel.
/// </summary>
internal sealed class MultiplyLayer : LayerKind
{
    public override string Kind => "Multiply";

    public override IReadOnlyList<string> Positional => ["names"];

    public override Node Lower(LayerContext context)
    {
        (string productName, Node product) = (context.InputName, context.Input);
        foreach ((string name, Node other) in context.ResolveNames("names"))
        {
            if (product.Shape == other.Shape)
            {
                product = context.Add(new Arithmetic(ArithmeticKind.Multiply), product, other);
            }
            else if (IsOneAChannel(other.Shape, of: product.Shape))
            {
                product = ScaleChannels(context, product, other);
            }
            else if (IsOneAChannel(product.Shape, of: other.Shape))
            {
                product = ScaleChannels(context, other, product);
            }
            else
            {
                throw context.ShapesDiffer("equal shapes, or one number a channel on one side", product.Shape, productName, other.Shape, name, "names");
            }
            productName = context.Name;
        }
        return product;
    }

    private static Node ScaleChannels(LayerContext context, Node whole, Node scale)
    {
        int axis = ChannelAxis.Of(whole.Shape);
        Node vector = scale.Shape.Rank == 1 ? scale : context.Add(new Reshape(Shape.Batch(whole.Shape.Extents[axis])), scale);
        return context.Add(new Arithmetic(ArithmeticKind.Multiply, axis), whole, vector);
    }

    /// <summary>Whether a value is <c>(channels)</c>, or <c>(channels, 1, 1)</c> with as many axes as the other.</summary>
    private static bool IsOneAChannel(Shape scale, Shape of) =>
        of.Rank > 1 && (scale.Rank == 1 || scale.Rank == of.Rank) && scale.Count == of.Extents[ChannelAxis.Of(of)] && scale.Extents[ChannelAxis.Of(scale)] == scale.Count;
}
