using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Passes;

/// <summary>A product or convolution with a weight that something can be folded into.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="InputAxis">The axis of the weight that counts what it reads; null where there is none, because channels are in groups.</param>
/// <param name="OutputAxis">The axis that counts what it gives.</param>
/// <param name="PadsWithZeros">Whether it reads zeros beside its input.</param>
internal sealed record FoldableProduct(Node Input, Node Weight, int? InputAxis, int? OutputAxis, bool PadsWithZeros)
{
    /// <summary>Null where a node is something else, or has an epilogue already.</summary>
    public static FoldableProduct? Of(Node node) => Of(node.Op, node.Operands);

    /// <inheritdoc cref="Of(Node)"/>
    public static FoldableProduct? Of(Op op, IReadOnlyList<Node> operands)
    {
        switch (op)
        {
            case MatMul { Form: MatMulForm.Product } product when product.Epilogue == Epilogue.None && operands[0].Shape.Batched:
                return new(operands[0], operands[1], 0, 1, PadsWithZeros: false);
            case Convolve { Transposed: false, Pool: null } convolution when convolution.Epilogue == Epilogue.None:
                ConvolutionShape shape = convolution.Shape;
                int last = shape.Weight.Rank - 1;
                bool pads = shape.Window.Axes.Any(axis => axis.Padding > 0 || ((axis.Output - 1) * axis.Stride) - axis.Padding + (axis.Dilation * (axis.Kernel - 1)) >= axis.Input);
                int? input = shape.IsDepthwise ? (shape.Inputs == shape.Outputs ? last : null) : shape.Groups == 1 ? last - 1 : null;
                return new(operands[0], operands[1], input, shape.IsDepthwise || shape.Groups == 1 ? last : null, pads);
            default:
                return null;
        }
    }
}

/// <summary>A scale or a shift of what a product reads.</summary>
/// <param name="Kind">What is done with a vector.</param>
/// <param name="Vector">A constant vector; null for numbers.</param>
/// <param name="Axis">The axis that it runs along.</param>
/// <param name="Factor">Without a vector.</param>
/// <param name="Offset">Without a vector.</param>
internal sealed record InputMap(ArithmeticKind Kind, Node? Vector, int? Axis, float Factor, float Offset)
{
    public bool Shifts => Vector is null ? Offset != 0 : Kind is ArithmeticKind.Add or ArithmeticKind.Subtract;

    public bool Scales => Vector is null ? Factor != 1 : Kind is ArithmeticKind.Multiply or ArithmeticKind.Divide;

    public bool Negative => Vector is not null && Kind == ArithmeticKind.Subtract;
}

/// <summary>A weight as a function of the value that its product reads, or of one that this is made of by moving elements.</summary>
/// <param name="Extents">The weight's axes, of which some may be divided.</param>
/// <param name="Axes">Which of those each axis of the value is; null where none.</param>
internal sealed record WeightView(IReadOnlyList<int> Extents, IReadOnlyList<int?> Axes)
{
    /// <summary>The weight as it is; null where it has no axis for what it reads.</summary>
    public static WeightView? Of(FoldableProduct product) => product.InputAxis is not { } axis ? null : new(
        product.Weight.Shape.Extents, [.. Enumerable.Range(0, product.Input.Shape.Rank).Select(index => index == product.Input.Shape.Rank - 1 ? axis : (int?)null)]);

    /// <summary>The weight as a function of what a permutation or a reshape reads; null where its axes have no place in the weight.</summary>
    public WeightView? Before(Node move)
    {
        Shape before = move.Operands[0].Shape;
        if (move.Op is Permute permute)
        {
            var axes = new int?[before.Rank];
            for (int axis = 0; axis < before.Rank; axis++)
            {
                axes[permute.Order[axis]] = Axes[axis];
            }
            return this with { Axes = axes };
        }
        if (move.Shape.Rank == 1 && Axes[0] is { } flat)
        {
            return new([.. Extents.Take(flat), .. before.Extents, .. Extents.Skip(flat + 1)], [.. Enumerable.Range(flat, before.Rank).Select(axis => (int?)axis)]);
        }

        // Axes of one element come and go; a vector along one of them needs no axis.
        IReadOnlyList<int> after = move.Shape.Extents;
        int[] left = [.. Enumerable.Range(0, before.Rank).Where(axis => before.Extents[axis] != 1)];
        int[] right = [.. Enumerable.Range(0, after.Count).Where(axis => after[axis] != 1)];
        return !left.Select(axis => before.Extents[axis]).SequenceEqual(right.Select(axis => after[axis])) ? null : this with
        {
            Axes = [.. Enumerable.Range(0, before.Rank).Select(axis => System.Array.IndexOf(left, axis) is >= 0 and var index ? Axes[right[index]] : null)],
        };
    }

    /// <summary>The weight's shape and axis for a map of the value; null where it has none.</summary>
    public (Shape Shape, int Axis)? AxisOf(InputMap map) => map switch
    {
        { Vector: null } => (Shape.Of([.. Extents]), 0),
        { Vector.Shape.Count: 1 } => (Shape.Of([1, .. Extents]), 0),
        { Axis: { } axis } when Axes[axis] is { } place => (Shape.Of([.. Extents]), place),
        _ => null,
    };
}
