using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Sums over every axis but one: the gradient of a vector that was broadcast along it.</summary>
/// <param name="Axis">The axis of a sample that stays.</param>
public sealed record SumTo(int Axis) : Op
{
    public override string Attributes => $"axis {Axis}";

    public override Shape InferShape(IReadOnlyList<Shape> operands) => Shape.Of(operands[0].Extents[Axis]);

    public override WorkSplit SplitOf(Node node) => WorkSplit.Outputs;

    public override string Formula(Node node, INames names) => $"{names[node]} = Σ {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) =>
        $"Reduce.Sum({names[node.Operands[0]]}, {names[node]}, {Along(node.Operands[0].Shape, Axis)}, worker);";

    /// <summary>The arguments that tell a kernel which axis a vector runs along.</summary>
    internal static string Along(Shape shape, int axis)
    {
        int inner = shape.Extents.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent);
        return $"length: {shape.Extents[axis]}, inner: {inner}";
    }
}
