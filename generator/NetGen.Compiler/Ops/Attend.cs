using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Ops;

/// <summary>What attention connects: the runtime's <c>AttentionShape</c>.</summary>
/// <param name="Queries">Steps that ask.</param>
/// <param name="Keys">Steps that are looked at.</param>
/// <param name="Heads">Parts of the features that attend on their own.</param>
/// <param name="HeadSize">Features of a head.</param>
/// <param name="IsCausal">Whether a step sees only itself and those before it.</param>
/// <param name="Window">How many steps it sees at most, itself included; 0 for all.</param>
/// <param name="IsSelf">Whether a sequence looks at itself: queries, keys and values are one value, side by side at each step.</param>
public sealed record AttentionShape(int Queries, int Keys, int Heads, int HeadSize, bool IsCausal, int Window, bool IsSelf)
{
    /// <summary>Features of all heads.</summary>
    public int Features => Heads * HeadSize;

    /// <summary>The shapes of what is read: queries with keys and values, or queries, then keys with values.</summary>
    public IReadOnlyList<Shape> Operands =>
        IsSelf ? [Shape.Batch(Queries, 3 * Features)] : [Shape.Batch(Queries, Features), Shape.Batch(Keys, 2 * Features)];

    /// <summary>Pairs of a query and a key that it sees.</summary>
    public long Pairs => Enumerable.Range(1, Queries).Sum(query =>
    {
        int seen = IsCausal ? query : Keys;
        return (long)(Window > 0 ? System.Math.Min(seen, Window) : seen);
    });

    /// <summary>What a query makes of the keys, as a line of mathematics.</summary>
    public string Probabilities
    {
        get
        {
            string mask = !IsCausal ? "" : Window > 0 ? $" where k is one of the {Window} up to q" : " where k is not after q";
            return $"softmax(q · kᵀ / √{HeadSize}{mask})";
        }
    }

    /// <summary>As an object of the runtime.</summary>
    public SharedObject Construct() => new(
        "AttentionShape",
        IsSelf ? $"time: {Queries}, heads: {Heads}, headSize: {HeadSize}, causal: {Literal.Of(IsCausal)}, window: {Window}"
            : $"queryTime: {Queries}, keyTime: {Keys}, heads: {Heads}, headSize: {HeadSize}",
        "Shape",
        IsSelf ? "Self" : "Cross");

    public override string ToString() => $"{Heads} heads{(IsCausal ? ", causal" : "")}{(Window > 0 ? $", window {Window}" : "")}";
}

/// <summary>
/// Scaled dot-product attention, for each head <c>softmax(q k^T / sqrt(d)) v</c>; the scores of a head never leave the cache. Operands: queries, keys and values side by side,
/// <c>[B, T, 3 E]</c>; or queries <c>[B, T, E]</c>, then keys and values of another sequence, <c>[B, S, 2 E]</c>.
/// </summary>
/// <param name="Shape">What is connected.</param>
/// <param name="HasLengths">Whether the sequences that ask may differ in length; what is after the end of one gives 0.</param>
/// <param name="KeysHaveLengths">Whether those that are looked at may: nobody sees what is after the end.</param>
/// <param name="Dropout">Drops probabilities while training; null for none.</param>
public sealed record Attend(AttentionShape Shape, bool HasLengths, bool KeysHaveLengths, Dropout? Dropout) : Op
{
    public override string Attributes => $"{Shape}{(Dropout is null ? "" : $", dropout {Dropout.Attributes}")}";

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [Shape.Construct()];

    public override IReadOnlyList<Ambient> Ambients => [.. HasLengths || KeysHaveLengths ? [Ambient.Lengths] : System.Array.Empty<Ambient>(), .. Dropout?.Ambients ?? []];

    /// <summary>A stream remembers the keys and values of as many steps as a query sees.</summary>
    public override Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands)
    {
        if (!Shape.IsCausal)
        {
            return null;
        }
        int capacity = Shape.Window > 0 ? System.Math.Min(Shape.Window, Shape.Keys) : Shape.Keys;
        if (Shape.Window == 0)
        {
            stream.AtMost(Shape.Keys);
        }
        Shape remembered = Ir.Shape.Of(capacity, Shape.Features);
        return stream.Graph.Add(
            new AttendStep(Shape.Heads),
            [operands[0], stream.Remember("keys", remembered), stream.Remember("values", remembered), stream.Remember("scores", Ir.Shape.Of(capacity))], node.Name);
    }

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands.SequenceEqual(Shape.Operands), string.Join(" and ", Shape.Operands));
        return Ir.Shape.Batch(Shape.Queries, Shape.Features);
    }

    public override Node Differentiate(GraphBuilder builder, Node node, Node gradient, int operand)
    {
        Node ofQueries = builder.AddOnce(new AttendGradient(this), [gradient, .. node.Operands]);
        return operand == 0 ? ofQueries : builder.AddOnce(new Result(AttendGradient.OfMemory, nameof(AttendGradient.OfMemory), node.Operands[1].Shape), ofQueries);
    }

    public override Node? InPrediction(GraphBuilder builder, IReadOnlyList<Node> operands) => Dropout is null ? null : builder.Add(this with { Dropout = null }, operands);

    public override long Flops(Node node) => Shape.Pairs * ((4 * Shape.Features) + (5 * Shape.Heads));

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names) => $"{names[node]} = {Shape.Probabilities} · v for each head,  {DescribeOperands(node.Operands, names)}";

    public override string Emit(Node node, INames names) => $"Attention.Forward({ReadArguments(node.Operands, names)}, {names[node]}, {OptionArguments(node, names)});";

    internal string DescribeOperands(IReadOnlyList<Node> operands, INames names) =>
        Shape.IsSelf ? $"[q, k, v] = {names[operands[0]]}" : $"q = {names[operands[0]]},  [k, v] = {names[operands[1]]}";

    internal string ReadArguments(IReadOnlyList<Node> operands, INames names)
    {
        string memory = Shape.IsSelf ? "memory: default" : names[operands[1]];
        string lengths = HasLengths ? Ambient.Lengths.Name : "lengths: default";
        string memoryLengths = KeysHaveLengths && !Shape.IsSelf ? Ambient.Lengths.Name : "memoryLengths: default";
        return $"{names[operands[0]]}, {memory}, {lengths}, {memoryLengths}";
    }

    internal string OptionArguments(Node node, INames names)
    {
        string dropout = Dropout is null ? "" : $", new AttentionDropout({Literal.Of(Dropout.Rate)}, seed, step, layer: {Dropout.Stream}, firstSample)";
        return $"samples: batch, {names.SharedObject(node)}{dropout}";
    }
}

/// <summary>
/// One step of a causal <see cref="Attend"/>. Operands: query, key and value of the step, <c>[B, 1, 3 E]</c>, the rings of the last keys and values, <c>[capacity, E]</c>, which take
/// the step in and let the oldest go, and memory for the scores, <c>[capacity]</c>, of the stream's own, since a thread's would have to be made at its first step.
/// </summary>
/// <param name="Heads">Number of heads.</param>
public sealed record AttendStep(int Heads) : Op
{
    public override string Attributes => $"{Heads} heads";

    public override IReadOnlyList<int> ModifiedOperands => [1, 2, 3];

    public override IReadOnlyList<Ambient> Ambients => [Ambient.Position];

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        int features = operands[1].Last;
        Require(operands[0] == Shape.Batch(1, 3 * features) && operands[1] == operands[2] && features % Heads == 0, "one step, and what is remembered");
        return Shape.Batch(1, features);
    }

    public override long Flops(Node node) => 4 * node.Operands[1].Shape.Count;

    public override string Formula(Node node, INames names) =>
        $"{names[node]} = softmax(q · kᵀ / √{node.Shape.Last / Heads}) · v for each head,  " +
        $"k and v of the last {node.Operands[1].Shape.Extents[0]} steps,  [q, k, v] = {names[node.Operands[0]]}";

    public override string Emit(Node node, INames names) =>
        $"Attention.Step({names[node.Operands[0]]}, {names[node.Operands[1]]}, {names[node.Operands[2]]}, {names[node.Operands[3]]}, position, {names[node]}, heads: {Heads});";
}

/// <summary>
/// The gradient of <see cref="Attend"/> with respect to its first operand; with respect to the second, where there is one, it is a further result. Operands: the gradient of the value, and
/// what was read. The probabilities are computed again.
/// </summary>
/// <param name="Forward">What it is the gradient of.</param>
public sealed record AttendGradient(Attend Forward) : Op
{
    /// <summary>The gradient of keys and values of another sequence.</summary>
    public const int OfMemory = 0;

    public override string Attributes => Forward.Attributes;

    public override IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => Forward.SharedObjectsOf(node);

    public override IReadOnlyList<Ambient> Ambients => Forward.Ambients;

    public override Shape InferShape(IReadOnlyList<Shape> operands)
    {
        Require(operands[0] == Forward.InferShape([.. operands.Skip(1)]), "a gradient of the value's shape");
        return operands[1];
    }

    public override long Flops(Node node) => Forward.Shape.Pairs * ((10 * Forward.Shape.Features) + (10 * Forward.Shape.Heads));

    public override bool UsesBatch(Node node) => true;

    public override string Formula(Node node, INames names)
    {
        Node[] read = [.. node.Operands.Skip(1)];
        return $"{names[node]} = dL/d{(Forward.Shape.IsSelf ? "[q, k, v]" : "q, and dL/d[k, v]")} of p · v for each head,  " +
            $"p = {Forward.Shape.Probabilities},  dL/dy = {names[node.Operands[0]]},  " +
            Forward.DescribeOperands(read, names);
    }

    public override string Emit(Node node, INames names) =>
        $"Attention.Gradient({Forward.ReadArguments([.. node.Operands.Skip(1)], names)}, {names[node.Operands[0]]}, {names[node]}, {names.Result(node, OfMemory)}, " +
        $"{Forward.OptionArguments(node, names)});";
}
