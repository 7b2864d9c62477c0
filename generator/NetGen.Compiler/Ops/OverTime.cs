using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What is made of the steps of a sequence.</summary>
public enum OverTimeKind
{
    Mean,
    Max,

    /// <summary>The last real step.</summary>
    Last,
}

/// <summary>One vector of features for a whole sequence, <c>[B, T, F]</c> to <c>[B, F]</c>; steps that are not real do not count.</summary>
/// <param name="Kind">What is made of the steps.</param>
/// <param name="HasLengths">Whether the sequences of a batch may differ in length.</param>
public sealed record OverTime(OverTimeKind Kind, bool HasLengths) : Op
{
    public override string Mnemonic => $"{Kind}OverTime";

    public override IReadOnlyList<Ambient> Ambients => HasLengths ? [Ambient.Lengths] : [];

    /// <summary>The last step of all so far is this one. What is made of all steps would need all steps.</summary>
    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands) =>
        Kind == OverTimeKind.Last ? stream.Graph.Add(new Reshape(node.Shape), operands, node.Name) : null;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] is { Batched: true, Rank: 2 }, "features over time");
        return Shape.Batch(operands[0].Last);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => Kind == OverTimeKind.Max
        ? builder.Add(new OverTimeGradient(Kind, HasLengths, node.Operands[0].Shape.Extents[0]), gradient, node.Operands[0], node)
        : builder.Add(new OverTimeGradient(Kind, HasLengths, node.Operands[0].Shape.Extents[0]), gradient);

    public override long Flops(Node node) => Kind == OverTimeKind.Last ? 0 : node.Operands[0].Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]} = {Describe(Kind)} {names[node.Operands[0]]} over the {(HasLengths ? "real " : "")}steps";

    public override string Emit(Node node, INames names)
    {
        Shape x = node.Operands[0].Shape;
        return $"OverTime.{Kind}({names[node.Operands[0]]}, {Scan.LengthsOf(HasLengths)}, {names[node]}, time: {x.Extents[0]}, features: {x.Last});";
    }

    internal static string Describe(OverTimeKind kind) => kind switch { OverTimeKind.Mean => "mean of", OverTimeKind.Max => "max of", _ => "last of" };
}

/// <summary>The gradient of <see cref="OverTime"/>: operands are the gradient of its value and, for a maximum, what it was taken of and the value.</summary>
/// <param name="Kind">What was made of the steps.</param>
/// <param name="HasLengths">As there.</param>
/// <param name="Steps">How many there are.</param>
public sealed record OverTimeGradient(OverTimeKind Kind, bool HasLengths, int Steps) : Op
{
    public override string Mnemonic => $"{Kind}OverTimeGradient";

    public override IReadOnlyList<Ambient> Ambients => HasLengths ? [Ambient.Lengths] : [];

    public override Shape InferShape(IReadOnlyList<Shape> operands) => Shape.Batch(Steps, operands[0].Last);

    public override string Formula(Node node, INames names) => Kind switch
    {
        OverTimeKind.Mean => $"{names[node]} = {names[node.Operands[0]]} / n at each of the n {(HasLengths ? "real " : "")}steps",
        OverTimeKind.Max => $"{names[node]} = {names[node.Operands[0]]} at the first step that has the maximum of {names[node.Operands[1]]}, 0 at the others",
        _ => $"{names[node]} = {names[node.Operands[0]]} at the last {(HasLengths ? "real " : "")}step, 0 at the others",
    };

    public override string Emit(Node node, INames names)
    {
        string saved = Kind == OverTimeKind.Max ? $"{names[node.Operands[1]]}, {names[node.Operands[2]]}, " : "";
        return $"OverTime.{Kind}Gradient({saved}{names[node.Operands[0]]}, {Scan.LengthsOf(HasLengths)}, {names[node]}, time: {Steps}, features: {node.Shape.Last});";
    }
}
