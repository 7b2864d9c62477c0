using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>The same elements under another shape. Costs nothing: the memory is the operand's.</summary>
public sealed record Reshape(Shape Shape) : Op
{
    public override string Attributes => Shape.ToString();

    public override bool IsAlias => true;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0].Batched == Shape.Batched && operands[0].Count == Shape.Count, $"as many elements as {operands[0]}");
        return Shape;
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) =>
        builder.Add(new Reshape(node.Operands[0].Shape), gradient);

    public override string Formula(Node node, INames names) => $"{names[node]} = {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) => throw new GraphException("an alias is not computed");
}
