using System.Collections.Generic;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>Adds sines and cosines of the step to its features: <c>sin(t 10000^(-2i/F))</c> to feature 2i and the cosine to feature 2i + 1 (Vaswani et al. 2017).</summary>
public sealed record AddSinusoids : Op
{
    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands)
    {
        stream.AtMost(node.Shape.Extents[0]);
        return stream.Graph.Add(new AddSinusoidStep(node.Shape.Extents[0]), operands, node.Name);
    }

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] is { Batched: true, Rank: 2 }, "features over time");
        return operands[0];
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) => gradient;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [TableOf(node.Shape.Extents[0], node.Shape.Last)];

    public override long Flops(Node node) => node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} + [sin(t w), cos(t w)],  w = 10000^(-2i/{node.Shape.Last}) for features 2i and 2i + 1";

    public override string Emit(Node node, INames names) =>
        $"Broadcast.Add({names[node.Operands[0]]}, {names.SharedObject(node)}.Values, {names[node]}, length: {node.Shape.Count}, inner: 1);";

    internal static SharedObject TableOf(int time, int features) => new("Sinusoids", $"time: {time}, features: {features}", "Sinusoids");
}

/// <summary>One step of <see cref="AddSinusoids"/>.</summary>
/// <param name="Time">Steps of the table.</param>
public sealed record AddSinusoidStep(int Time) : Op
{
    public override string Attributes => $"{Time}";

    public override IReadOnlyList<int> InPlaceOperands => [0];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Position];

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [AddSinusoids.TableOf(Time, node.Shape.Last)];

    public override Shape InferShape(IReadOnlyList<Shape> operands) => operands[0];

    public override long Flops(Node node) => node.Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = {names[node.Operands[0]]} + [sin(t w), cos(t w)] at this step t,  w = 10000^(-2i/{node.Shape.Last}) for features 2i and 2i + 1";

    public override string Emit(Node node, INames names) =>
        $"Elementwise.Add({names[node.Operands[0]]}, {names.SharedObject(node)}.Values.Slice((int)position * {node.Shape.Last}, {node.Shape.Last}), {names[node]});";
}
