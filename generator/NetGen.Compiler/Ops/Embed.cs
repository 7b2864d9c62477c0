using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Rows of a table: operands are ids, <c>[B, T]</c>, and the table, <c>[vocabulary, size]</c>; the value is <c>[B, T, size]</c>.</summary>
public sealed record Embed : Op
{
    public override bool IsPerStep(Node node) => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape ids, Shape table) = (operands[0], operands[1]);
        Require(ids is { Batched: true, Rank: 1 } && table is { Batched: false, Rank: 2 }, $"ids and a table, got {ids} and {table}");
        return Shape.Batch(ids.Last, table.Last);
    }

    public override Node? Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) =>
        operand == 0 ? null : builder.Add(new EmbedGradient(node.Operands[1].Shape.Extents[0]), node.Operands[0], gradient);

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[1]]}[{names[node.Operands[0]]}]";

    public override string Emit(Node node, INames names) => $"Embedding.Forward({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, width: {node.Shape.Last});";
}

/// <summary>The gradient of the table of <see cref="Embed"/>: each row sums what came back where it was used. Operands: ids and the gradient.</summary>
/// <param name="Vocabulary">Rows of the table.</param>
public sealed record EmbedGradient(int Vocabulary) : Op
{
    public override string Attributes => $"{Vocabulary}";

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        (Shape ids, Shape gradient) = (operands[0], operands[1]);
        Require(gradient == Shape.Batch(ids.Last, gradient.Last), "ids and a gradient at each of them");
        return Shape.Of(Vocabulary, gradient.Last);
    }

    public override WorkSplit SplitOf(Node node) => WorkSplit.Outputs;

    public override long Flops(Node node) => node.Operands[1].Shape.Count;

    public override string Formula(Node node, INames names) => $"{names[node]}[i] = Σ {names[node.Operands[1]]} where {names[node.Operands[0]]} = i";

    public override string Emit(Node node, INames names) =>
        $"Embedding.Gradient({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node]}, width: {node.Shape.Last}, worker);";
}
