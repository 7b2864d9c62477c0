using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NetGen.Compiler.Ir;

/// <summary>
/// A primitive: its shape rule, its gradient and its emission, together. Ops are records, so that equal ops compare equal; what distinguishes two
/// nodes of one op are their operands.
/// </summary>
public abstract record Op
{
    /// <summary>The shape of the result. Called with shapes that the layers have checked; a violation is a bug in a layer.</summary>
    /// <exception cref="GraphException">The operands do not fit.</exception>
    public abstract Shape InferShape(IReadOnlyList<Shape> operands);

    /// <summary>
    /// The gradient of the loss with respect to one operand, as nodes: the chain rule. Asked only for operands that depend on a parameter.
    /// </summary>
    /// <param name="builder">Where nodes are added.</param>
    /// <param name="node">The node in the forward graph.</param>
    /// <param name="gradient">The gradient of the loss with respect to the node's value.</param>
    /// <param name="operand">Index of the operand.</param>
    /// <returns>Null where the operand's share is part of another operand's gradient.</returns>
    public virtual Node? Differentiate(GraphBuilder builder, Node node, Node gradient, int operand) =>
        throw new GraphException($"{GetType().Name} has no gradient for operand {operand}");

    /// <summary>Floating-point operations for one sample; a multiply-add counts as two, a transcendental function as one.</summary>
    public virtual long Flops(Node node) => 0;

    /// <summary>One line of mathematics over the values' names, for the comment above the code.</summary>
    public abstract string Formula(Node node, INames names);

    /// <summary>The call that computes the value, as C#.</summary>
    public abstract string Emit(Node node, INames names);

    /// <summary>Whether every element of the value is a function of the operands' elements at its place, which <see cref="EmitLanes"/> prints.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>An element-wise op on sixteen lanes, as a C# expression.</summary>
    /// <param name="operands">The operands' lanes, as expressions that bind tighter than any operator.</param>
    public virtual string EmitLanes(IReadOnlyList<string> operands) => throw new GraphException($"{Mnemonic} is not element-wise");

    /// <summary>
    /// An element-wise op over operands of one shape as a part of an expression, so that <see cref="Ops.ElementwiseChain"/> can do several in one pass; null where it cannot be one.
    /// </summary>
    public virtual Ops.ChainTerm? Term(IReadOnlyList<Ops.ChainTerm> operands) => null;

    /// <summary>Indices of operands whose memory the result may take over.</summary>
    public virtual IReadOnlyList<int> InPlaceOperands => [];

    /// <summary>Indices of operands that it writes to as well: what a stream remembers.</summary>
    public virtual IReadOnlyList<int> ModifiedOperands => [];

    /// <summary>Whether over a sequence, whose steps are the first axis, it computes each step on its own.</summary>
    public virtual bool IsPerStep(Node node) => false;

    /// <summary>What the op becomes where a sequence comes step by step; null where it cannot.</summary>
    /// <param name="stream">What nodes and what is remembered are added to.</param>
    /// <param name="node">The node, over a whole sequence.</param>
    /// <param name="operands">Its operands, of one step each.</param>
    public virtual Node? InStream(StreamBuilder stream, Node node, IReadOnlyList<Node> operands) => IsPerStep(node) ? stream.Graph.Add(this, operands, node.Name) : null;

    /// <summary>Whether it does something beyond giving a value, so that it counts although nothing reads the value.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Whether the value is the operand's memory under another shape.</summary>
    public virtual bool IsAlias => false;

    /// <summary>
    /// Objects of the runtime that <see cref="Emit"/> hands to the kernel and that are made once. A list of constants is always in such an object: as an argument it would be an
    /// allocation of each call where the user's app is compiled without optimisation.
    /// </summary>
    public virtual IReadOnlyList<SharedObject> SharedObjectsOf(Node node) => [];

    /// <summary>Run-time arguments beyond the operands that <see cref="Emit"/> uses.</summary>
    public virtual IReadOnlyList<Ambient> Ambients => [];

    /// <summary>How the work is divided among the workers of a training step.</summary>
    public virtual WorkSplit SplitOf(Node node) => node.Shape.Batched ? WorkSplit.Samples : WorkSplit.None;

    /// <summary>Whether <see cref="Emit"/> names the number of samples.</summary>
    public virtual bool UsesBatch(Node node) => false;

    /// <summary>What the op becomes in prediction: itself, or one of its operands.</summary>
    public virtual Node? InPrediction(GraphBuilder builder, IReadOnlyList<Node> operands) => null;

    /// <summary>The op's name in printed graphs.</summary>
    public virtual string Mnemonic => GetType().Name;

    /// <summary>The op's constants in printed graphs.</summary>
    public virtual string Attributes => "";

    public sealed override string ToString() => Attributes.Length == 0 ? Mnemonic : $"{Mnemonic}({Attributes})";

    /// <summary>Fails unless the condition holds: shapes were checked by the layers, so this is a bug, not a user's mistake.</summary>
    protected void Require(bool condition, string expectation)
    {
        if (!condition)
        {
            throw new GraphException($"{Mnemonic} expects {expectation}");
        }
    }

    /// <inheritdoc cref="Require(bool, string)"/>
    protected void Require(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] Expectation expectation)
    {
        if (!condition)
        {
            Require(condition, expectation.ToString());
        }
    }
}

/// <summary>How an op's work is divided among workers.</summary>
public enum WorkSplit
{
    /// <summary>Each worker computes its samples, which no other sample touches: <see cref="Op.Emit"/> sees those only.</summary>
    Samples,

    /// <summary>Each worker computes a part of the result from all samples: <see cref="Op.Emit"/> hands <c>worker</c> to the kernel.</summary>
    Outputs,

    /// <summary>The first worker computes all.</summary>
    None,
}

/// <summary>A value that a program gets from its caller.</summary>
/// <param name="Type">As C#.</param>
/// <param name="Name">As C#.</param>
public sealed record Ambient(string Type, string Name)
{
    public static Ambient Seed { get; } = new("ulong", "seed");

    public static Ambient Step { get; } = new("long", "step");

    public static Ambient TargetsAreClasses { get; } = new("bool", "targetsAreClasses");

    /// <summary>Number of samples of all workers.</summary>
    public static Ambient AllSamples { get; } = new("int", "allSamples");

    /// <summary>How many steps of each of the worker's sequences are real; empty where all are.</summary>
    public static Ambient Lengths { get; } = new("ReadOnlySpan<int>", "lengths");

    /// <summary>How many steps a stream has taken.</summary>
    public static Ambient Position { get; } = new("long", "position");

    /// <summary>The first of the samples that the worker computes.</summary>
    public static Ambient FirstSample { get; } = new("int", "firstSample");
}

/// <summary>An immutable object of the runtime that a kernel needs.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Arguments">What its constructor gets, as C#.</param>
/// <param name="Role">What it is to the layer, as the end of its field's name.</param>
/// <param name="Factory">The static method that makes it; null for the constructor.</param>
public sealed record SharedObject(string Type, string Arguments, string Role = "Geometry", string? Factory = null)
{
    /// <summary>As C#.</summary>
    public string Construct() => Factory is null ? $"new {Type}({Arguments})" : $"{Type}.{Factory}({Arguments})";

    /// <summary>A field that holds it, as C#.</summary>
    public string Declare(string field) => $"private static readonly {Type} {field} = {(Factory is null ? $"new({Arguments})" : Construct())};";
}

/// <summary>The C# names of values while code is printed.</summary>
public interface INames
{
    string this[Node node] { get; }

    /// <summary>Where one of a node's further results goes; an empty span where nothing uses it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="index">Which result.</param>
    string Result(Node node, int index);

    /// <summary>The field that holds one of the op's <see cref="Op.SharedObjectsOf"/>.</summary>
    string SharedObject(Node node, int index = 0);
}

/// <summary>A graph that breaks the IR's rules: a bug in NetGen, not in the user's network.</summary>
public sealed class GraphException(string message) : Exception(message);
