using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>What a layer sees while it is lowered: its arguments, its input, and the network that it adds to.</summary>
internal sealed class LayerContext(NetworkLowerer network, Scope scope, int index, Node input, string inputName, Layer layer)
{
    public ElementSpec Element { get; } = scope.Elements[index];

    public GraphBuilder Graph => network.Graph;

    /// <summary>The value that the layer reads.</summary>
    public Node Input { get; } = input;

    /// <summary>Who made the input, for messages.</summary>
    public string InputName { get; } = inputName;

    public Layer Layer { get; } = layer;

    /// <summary>The layer's place and name within its block.</summary>
    public string Name => scope.Names[index];

    /// <summary>The layer that follows in the same block; null for the last.</summary>
    public ElementSpec? Next => index + 1 < scope.Elements.Count ? scope.Elements[index + 1] : null;

    /// <summary>The input declaration that the layer reads directly; null where it reads a layer.</summary>
    public InputSpec? DirectInput => network.DirectInputs.TryGetValue(Input, out InputSpec? declared) ? declared : null;

    /// <summary>The parameters that this layer owns, in the order of their creation.</summary>
    public List<TensorSpec> OwnedParameters { get; } = [];

    /// <summary>The state that this layer owns, in the order of its creation.</summary>
    public List<TensorSpec> OwnedState { get; } = [];

    /// <summary>A number that no other layer of the network gets.</summary>
    public int NextStream() => network.NextStream();

    public Node Add(Op op, params Node[] operands) => Graph.Add(op, operands);

    /// <summary>The values of the earlier layers that an argument names, at least one.</summary>
    public IReadOnlyList<(string Name, Node Value)> ResolveNames(string argument)
    {
        IReadOnlyList<string> names = Element.Texts(argument);
        Expect(names.Count > 0, argument, $"one at least, such as [{Element.Kind}(\"stem\")]", "none");
        return [.. names.Select(name => (name, scope.Resolve(name, index, argument)))];
    }

    /// <summary>A trainable tensor, or the one that the layer shares.</summary>
    /// <param name="name">Its own name: <c>weight</c>.</param>
    /// <param name="logicalShape">PyTorch's shape.</param>
    /// <param name="transposed">Whether memory holds the transposed matrix.</param>
    /// <param name="initialization">How it starts.</param>
    public Node Parameter(string name, Shape logicalShape, bool transposed, Initialization initialization)
    {
        if (Element.Text("share") is not { } share)
        {
            return network.DefineParameter($"{Layer.Path}.{name}", logicalShape, transposed, initialization, this);
        }
        int owner = scope.ResolveIndex(share, index, "share");
        if (scope.Elements[owner].Kind != Element.Kind)
        {
            throw Fail(IssueDescriptors.CannotShare, "share", Name, share, $"it is a {scope.Elements[owner].Kind} layer; refer to a {Element.Kind} layer");
        }
        // A layer that shares with one that shares ends at the owner.
        while (scope.Elements[owner].Text("share") is { } next)
        {
            owner = scope.ResolveIndex(next, owner, "share");
        }
        return network.FindParameter($"{scope.Prefix}{scope.Names[owner]}.{name}") is not { } found
            ? throw Fail(IssueDescriptors.CannotShare, "share", Name, share, $"it has no {name}; give both layers the same arguments")
            : found.Spec.LogicalShape == logicalShape
                ? found.Node
                : throw Fail(
                    IssueDescriptors.CannotShare, "share", Name, share,
                    $"its {name} is {found.Spec.LogicalShape.Describe()} and this layer needs {logicalShape.Describe()}; give both the same sizes");
    }

    /// <summary>A tensor that is saved but not trained.</summary>
    public Node State(string name, Shape shape, float initial) => network.DefineState($"{Layer.Path}.{name}", shape, initial, this);

    public void Fit(int axis, string mean, string std) =>
        network.Standardizations.Add(new(DirectInput!, axis, $"{Layer.Path}.{mean}", $"{Layer.Path}.{std}"));

    /// <summary>Lowers a block that is a type argument of this layer.</summary>
    /// <param name="block">Which type argument.</param>
    /// <param name="prefix">What comes between the layer's path and the names in the block; empty, or ends with a dot.</param>
    /// <param name="input">What the block reads.</param>
    public Node LowerBlock(int block, string prefix, Node input) =>
        network.LowerBlock(Element.Blocks[block], [.. scope.Path, index, block], $"{Layer.Path}.{prefix}", input, InputName, this);

    /// <summary>A mistake of this layer, to be thrown.</summary>
    public LoweringException Fail(IssueDescriptor descriptor, string? argument, params string[] arguments) =>
        new(new(descriptor, scope.At(index), argument, new(arguments)));

    /// <summary>Fails unless the argument is as expected.</summary>
    public void Expect(bool condition, string argument, string expectation, object found)
    {
        if (!condition)
        {
            string text = found is float number ? Literal.Plain(number) : Convert.ToString(found, System.Globalization.CultureInfo.InvariantCulture)!;
            throw Fail(IssueDescriptors.InvalidArgument, argument, Name, argument, expectation, text);
        }
    }

    /// <summary>Fails unless one sample's value of so many floats can be addressed.</summary>
    public void ExpectFits(long floats)
    {
        if (floats > NetworkLowerer.MaxFloats)
        {
            throw Fail(IssueDescriptors.TooLarge, null, Name, $"{Literal.Grouped(floats)} floats for one sample");
        }
    }

    /// <summary>Fails unless two values have one shape.</summary>
    public void ExpectEqualShapes(Node left, string leftName, Node right, string rightName, string? argument, string advice)
    {
        if (left.Shape != right.Shape)
        {
            throw Fail(IssueDescriptors.ShapesDiffer, argument, Name, leftName, left.Shape.Describe(), rightName, right.Shape.Describe(), advice);
        }
    }
}
