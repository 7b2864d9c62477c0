using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Sums over every axis but one: the gradient of a vector that was broadcast along it.</summary>
/// <param name="Axis">The axis of a sample that stays.</param>
/// <param name="PerSample">Whether each sample is summed by itself; otherwise over the samples too.</param>
public sealed record SumTo(int Axis, bool PerSample = false) : Op
{
    public override string Attributes => PerSample ? $"axis {Axis}, per sample" : $"axis {Axis}";

    public override Shape InferShape(IReadOnlyList<Shape> operands) => new(PerSample && operands[0].Batched, new([operands[0].Extents[Axis]]));

    public override WorkSplit SplitOf(Node node) => PerSample ? base.SplitOf(node) : WorkSplit.Outputs;

    public override string Formula(Node node, INames names) => $"{names[node]} = Σ {names[node.Operands[0]]}{(PerSample ? " over all but the channels of each sample" : "")}";

    public override string Emit(Node node, INames names)
    {
        string operands = $"{names[node.Operands[0]]}, {names[node]}, {Along(node.Operands[0].Shape, Axis)}";
        return PerSample ? $"Reduce.SumEach({operands});" : $"Reduce.Sum({operands}, worker);";
    }

    /// <summary>The arguments that tell a kernel which axis a vector runs along.</summary>
    internal static string Along(Shape shape, int axis)
    {
        int inner = shape.Extents.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent);
        return $"length: {shape.Extents[axis]}, inner: {inner}";
    }
}
