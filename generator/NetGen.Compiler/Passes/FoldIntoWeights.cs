using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Folds into weights what scales or shifts around a product or a convolution, once parameters are fixed: the batch norm after it, and the standardisation or rescaling of what it
/// reads. <c>scale (x W + b) + shift</c> is <c>x (W scale) + (scale b + shift)</c>, and <c>((x - mean) / std) W</c> is <c>x (W / std) - mean (W / std)</c>.
/// </summary>
/// <remarks>
/// What is added to an image before a convolution with zeros around it stays where it is: the zeros are not shifted. Grouped and transposed convolutions keep their norm as a scale and a
/// shift of what they give, which costs next to nothing.
/// </remarks>
public static class FoldIntoWeights
{
    /// <summary>The end of the names of what is computed from parameters.</summary>
    public const string Suffix = ".folded";

    public static Graph Run(Graph graph)
    {
        Dictionary<Node, int> uses = graph.CountUses();
        return GraphBuilder.Rewrite(graph, (builder, node, operands) => node.Op switch
        {
            ScaleShift => FoldNorm(builder, node, operands, uses),
            Arithmetic when uses[node.Operands[0]] == 1 && BiasOf(operands[0]) is { } first && BiasOf(node, operands) is { } second => JoinBiases(builder, node, operands[0], first, second),
            _ when FoldableProduct.Of(node.Op, operands) is { } product => FoldInput(builder, node, product),
            _ => null,
        });
    }

    /// <summary>The vector that is added to each row of what a product gives; null where a node is something else.</summary>
    private static Node? BiasOf(Node node) => BiasOf(node, node.Operands) is { } bias && FoldableProduct.Of(node.Operands[0]) is not null ? bias : null;

    private static Node? BiasOf(Node node, IReadOnlyList<Node> operands) =>
        node.Op is Arithmetic { Kind: ArithmeticKind.Add, Axis: { } axis } && axis == node.Shape.Rank - 1 && !operands[1].Shape.Batched ? operands[1] : null;

    /// <summary><c>(x W + a) + b</c> is <c>x W + (a + b)</c>.</summary>
    private static Node JoinBiases(GraphBuilder builder, Node node, Node inner, Node first, Node second)
    {
        Node sum = builder.Add(new Arithmetic(ArithmeticKind.Add), [first, second], Folded(second.Name));
        return builder.Add(node.Op, [inner.Operands[0], sum], node.Name);
    }

    private static Node? FoldNorm(GraphBuilder builder, Node node, IReadOnlyList<Node> operands, Dictionary<Node, int> uses)
    {
        if (operands[1].Op is not FoldedNorm || !IsUsedOnce(node, uses))
        {
            return null;
        }

        // Between them a product may be reshaped: a convolution that sees its whole image is one.
        Node value = operands[0];
        Op? reshape = value.Op is Reshape && value.Operands[0].Shape.Last == value.Shape.Last ? value.Op : null;
        value = reshape is null ? value : value.Operands[0];
        Node? bias = BiasOf(value, value.Operands);
        Node sum = bias is null ? value : value.Operands[0];
        Node norm = bias is null ? operands[1] : builder.Add(operands[1].Op, [.. operands[1].Operands, bias], operands[1].Name);
        if (FoldableProduct.Of(sum) is not { OutputAxis: { } axis } product)
        {
            Node unscaled = reshape is null ? sum : builder.Add(reshape, sum);
            return bias is null ? null : builder.Add(node.Op, [unscaled, norm], node.Name);
        }
        int channels = node.Shape.Last;
        Node flat = builder.Add(new Reshape(Shape.Of(2 * channels)), norm);
        Node scale = builder.Add(new Slice(0, 0, channels), [flat], $"{builder.Layer.Path}.scale");

        // The whole stands in the product's section under the norm's name.
        builder.Layer = sum.Layer;
        Node weight = builder.Add(new Arithmetic(ArithmeticKind.Multiply, axis), [product.Weight, scale], Folded(product.Weight.Name));
        Node shift = builder.Add(new Slice(0, channels, channels), [flat], Folded($"{sum.Layer.Path}.bias"));
        Node scaled = builder.Add(sum.Op, [product.Input, weight], sum.Name);
        Node result = builder.Add(new Arithmetic(ArithmeticKind.Add, scaled.Shape.Rank - 1), [scaled, shift], node.Name);
        return reshape is null ? result : builder.Add(reshape, [result], node.Name);
    }

    /// <summary>Whether nothing but the norm uses what stands between it and the product.</summary>
    private static bool IsUsedOnce(Node norm, Dictionary<Node, int> uses)
    {
        Node value = norm.Operands[0];
        while (value.Op is Reshape or Arithmetic)
        {
            if (uses[value] != 1)
            {
                return false;
            }
            value = value.Operands[0];
        }
        return uses[value] == 1;
    }

    private static Node? FoldInput(GraphBuilder builder, Node node, FoldableProduct product)
    {
        WeightView? view = WeightView.Of(product);
        (Node weight, Node? shift) = (product.Weight, null);
        (Node Input, int Moves)? folded = null;
        var moves = new List<Op>();   // what lies between the product and the value that is looked at: the same elements in other places
        for (Node value = product.Input; view is not null && value.Operands.Count > 0; value = value.Operands[0])
        {
            if (value.Op is Reshape or Permute)
            {
                moves.Add(value.Op);
                view = view.Before(value);
                continue;
            }
            // A bias costs the product that it is of nothing.
            if (BiasOf(value) is not null || MapOf(value) is not { } map || (map.Shifts && product.PadsWithZeros) || view.AxisOf(map) is not { } place)
            {
                break;
            }
            Node Fold(Op op, string name) => map.Vector is null
                ? builder.Add(op, [weight], name)
                : builder.Add(new Reshape(weight.Shape), [builder.Add(op, [builder.Add(new Reshape(place.Shape), weight), map.Vector], name)], name);

            string folds = Folded(product.Weight.Name);
            if (map.Shifts)
            {
                Node products = Fold(map.Vector is null ? new Affine(map.Offset) : new Arithmetic(ArithmeticKind.Multiply, place.Axis), $"{value.Name}.shift");
                Node sum = builder.Add(new SumTo(weight.Shape.Rank - 1, PerSample: true), [products], $"{value.Name}.shifts");
                sum = map.Negative ? builder.Add(new Affine(-1), sum) : sum;
                shift = shift is null ? sum : builder.Add(new Arithmetic(ArithmeticKind.Add), shift, sum);
            }
            if (map.Scales)
            {
                weight = Fold(map.Vector is null ? new Affine(map.Factor) : new Arithmetic(map.Kind, place.Axis), folds);
            }
            folded = (value.Operands[0], moves.Count);
        }
        if (folded is not { } found)
        {
            return null;
        }
        Node input = Enumerable.Reverse(moves.Take(found.Moves)).Aggregate(found.Input, (value, move) => builder.Add(move, value));
        Node result = builder.Add(node.Op, [input, weight], node.Name);
        return shift is null ? result : builder.Add(new Arithmetic(ArithmeticKind.Add, result.Shape.Rank - 1), [result, shift], node.Name);
    }

    private static InputMap? MapOf(Node value) => value.Op switch
    {
        Affine affine => new(ArithmeticKind.Multiply, null, null, affine.Factor, affine.Offset),
        Arithmetic { Axis: { } axis } arithmetic when !value.Operands[1].Shape.Batched => new(arithmetic.Kind, value.Operands[1], axis, 1, 0),
        _ => null,
    };

    private static string Folded(string name) => name.EndsWith(Suffix, System.StringComparison.Ordinal) ? name : name + Suffix;
}
