using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>What a layer sees while it is lowered: its arguments, its input, and the network that it adds to.</summary>
internal sealed class LayerContext(NetworkLowerer network, Scope scope, int index, Node input, string inputName, Layer layer)
{
    // The parameters that this element uses of the one that it shares with.
    private readonly HashSet<string> _shared = [];

    public ElementSpec Element { get; } = scope.Elements[index];

    public GraphBuilder Graph => network.Graph;

    /// <summary>The value that the layer reads.</summary>
    public Node Input { get; } = input;

    /// <summary>Who made the input, for messages.</summary>
    public string InputName { get; } = inputName;

    public Layer Layer { get; } = layer;

    /// <summary>The layer's name within its block.</summary>
    public string Name => scope.Names[index];

    /// <summary>The layers that follow in the same block, each reading the one before it.</summary>
    public IEnumerable<ElementSpec> Following => scope.Elements.Skip(index + 1).TakeWhile(element => !element.Has("from"));

    /// <summary>The input declaration that the layer reads directly; null where it reads a layer.</summary>
    public InputSpec? DirectInput => network.DirectInputs.TryGetValue(Input, out InputSpec? declared) ? declared : null;

    /// <summary>The parameters that this layer owns, in the order of their creation.</summary>
    public List<TensorSpec> OwnedParameters { get; } = [];

    /// <summary>The state that this layer owns, in the order of its creation.</summary>
    public List<TensorSpec> OwnedState { get; } = [];

    /// <summary>A number that no other layer of the network gets.</summary>
    public int NextStream() => network.NextStream();

    public Node Add(Op op, params Node[] operands) => Graph.Add(op, operands);

    /// <summary>An image with its channels in the last place, where kernels want them; flat and (time, features) values are that already.</summary>
    public Node ChannelsLast(Node image) => image.Shape.Rank <= 2 ? image : Permute.Add(Graph, image, Permute.ToChannelsLast(image.Shape.Rank));

    /// <summary>An image with its channels in the first place, where users see them.</summary>
    public Node ChannelsFirst(Node image) => image.Shape.Rank <= 2 ? image : Permute.Add(Graph, image, Permute.ToChannelsFirst(image.Shape.Rank));

    /// <summary>The values of the earlier layers that an argument names, at least one.</summary>
    public IReadOnlyList<(string Name, Node Value)> ResolveNames(string argument)
    {
        IReadOnlyList<string> names = Element.Texts(argument);
        Expect(names.Count > 0, argument, $"one at least, such as [{Element.Kind}(\"stem\")]", "none");
        return [.. names.Select((name, item) => (name, ResolveName(name, argument, item)))];
    }

    /// <summary>The value of the earlier layer that an argument names.</summary>
    public Node ResolveName(string argument) => ResolveName(Element.Text(argument) ?? "", argument, item: null);

    private Node ResolveName(string name, string argument, int? item)
    {
        Node value = scope.Resolve(name, index, argument, item);
        ExpectNumbers(value, name, argument);
        return value;
    }

    /// <summary>Whether recurrent layers go from the last step to the first.</summary>
    public bool IsReverse => scope.IsReverse;

    /// <summary>The states that training carries from one batch to the next for a recurrence of this layer; null where it carries none.</summary>
    /// <param name="floats">Of one sequence.</param>
    public Node? Carry(int floats)
    {
        if (!network.IsStateful)
        {
            return null;
        }
        if (IsReverse)
        {
            throw Fail(IssueDescriptors.CannotCarry, null, Layer.Path, "goes from the last step to the first", "use recurrences that go forwards, or leave Stateful out");
        }
        return network.Carry(floats);
    }

    /// <summary>Whether a batch may say how many of the input's steps are real.</summary>
    public bool HasLengths => HasLengthsOf(Input);

    /// <summary>Whether a batch may say how many steps of a sequence that the layer reads are real.</summary>
    public bool HasLengthsOf(Node sequence) => network.HasLengths(sequence);

    /// <summary>Fails where a value is an input of ids, which mean nothing as numbers.</summary>
    public void ExpectNumbers(Node value, string name, string? argument = null)
    {
        if (network.DirectInputs.TryGetValue(value, out InputSpec? input) && input.IsIndex)
        {
            throw FailAtName(IssueDescriptors.IdsAndNumbers, argument, name, Name, "numbers", name, "ids", "add [Embedding(vocabulary, size)] before it");
        }
    }

    /// <summary>Notes that a table of so many rows reads an input: ids beyond the smallest such table are an error.</summary>
    public static void NoteVocabulary(InputSpec input, int vocabulary) => input.Vocabulary = Math.Min(input.Vocabulary, vocabulary);

    /// <summary>A trainable tensor, or the one that the layer shares.</summary>
    /// <param name="name">Its own name: <c>weight</c>.</param>
    /// <param name="logicalShape">PyTorch's shape.</param>
    /// <param name="initialization">How it starts.</param>
    /// <param name="shape">The shape in memory; PyTorch's by default.</param>
    /// <param name="layout">How its elements lie in memory; null for PyTorch's order.</param>
    public Node Parameter(string name, Shape logicalShape, Initialization initialization, Shape? shape = null, TensorLayout? layout = null)
    {
        shape ??= logicalShape;
        if (Sharer is not { } sharer)
        {
            return network.DefineParameter($"{Layer.Path}.{name}", logicalShape, shape, layout, initialization, this);
        }
        // A convolution that is a matrix product sees its weight as a matrix, another one the same weight as taps.
        string path = $"{ParameterPath()}.{name}";
        Node shared = Shared(sharer, network.FindParameter(path), name, logicalShape);
        sharer._shared.Add(path);
        return shared.Shape == shape ? shared : Add(new Reshape(shape), shared);
    }

    /// <summary>A tensor that is saved but not trained, or the one that the layer shares.</summary>
    public Node State(string name, Shape shape, float initial) => Sharer is { } sharer
        ? Shared(sharer, network.FindState($"{ParameterPath()}.{name}"), name, shape)
        : network.DefineState($"{Layer.Path}.{name}", shape, initial, this);

    /// <summary>Updates state from the moments of a batch. A layer that shares the state updates what this makes of it, under the same name.</summary>
    public void Update(Node state, UpdateRunning update, Node moments) =>
        network.UpdateState(state.Name, network.Graph.Add(update, [state, moments], state.Name));

    /// <summary>Notes that state is fitted to the input that the layer reads.</summary>
    /// <param name="axis">The axis that its numbers run along.</param>
    /// <param name="method">The method of the runtime's <c>Statistics</c> that fits it.</param>
    /// <param name="state">The names of the state, as the method takes them.</param>
    public void Fit(int axis, string method, params string[] state)
    {
        // What is shared is fitted where it is first used.
        if (Sharer is null)
        {
            network.Fits.Add(new(DirectInput!, axis, method, [.. state.Select(name => $"{Layer.Path}.{name}")]));
        }
    }

    /// <summary>The input that the layer reads as it was declared; fails where it reads anything else.</summary>
    public InputSpec ExpectDirectInput() => DirectInput ?? throw Fail(
        IssueDescriptors.MisplacedElement, null, Name, $"it is fitted to raw input, but reads {InputName}; put it directly after [Input]");

    /// <summary>Lets what reads a value be fitted to an input, because they differ only where the input is missing.</summary>
    public Node StaysDirect(Node value, InputSpec input)
    {
        network.DirectInputs[value] = input;
        return value;
    }

    /// <summary>Lowers a block that is a type argument of this layer.</summary>
    /// <param name="block">Which type argument.</param>
    /// <param name="prefix">What comes between the layer's path and the names in the block; empty, or ends with a dot.</param>
    /// <param name="input">What the block reads.</param>
    /// <param name="reverse">Whether recurrent layers in it go the other way than those around it.</param>
    public Node LowerBlock(int block, string prefix, Node input, bool reverse = false) => network.LowerBlock(
        Element.Blocks[block], [.. scope.Path, index, block], $"{Layer.Path}.{prefix}", $"{ParameterPath()}.{prefix}", Sharer, scope.IsReverse ^ reverse, input, InputName, this);

    /// <summary>The user's function that the element takes.</summary>
    public FunctionSpec Function()
    {
        FunctionSpec function = Element.Function!;
        return function.Hidden is { } hidden ? throw Fail(IssueDescriptors.HiddenFunction, null, Name, function.Name, hidden) : function;
    }

    /// <summary>A mistake of this layer, to be thrown.</summary>
    public LoweringException Fail(IssueDescriptor descriptor, string? argument, params string[] arguments) =>
        new(new(descriptor, scope.At(index), argument, new(arguments)));

    /// <summary>A mistake of this layer at one of the names that an argument takes, to be thrown.</summary>
    private LoweringException FailAtName(IssueDescriptor descriptor, string? argument, string name, params string[] arguments)
    {
        int item = argument is null ? -1 : Element.Texts(argument).ToList().IndexOf(name);
        return new(new(descriptor, scope.At(index), argument, new(arguments)) { Item = item < 0 ? null : item });
    }

    /// <summary>What the generated file says of the layer beside its shape.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Says in the generated file how the layer is computed.</summary>
    /// <param name="note"><c>What: why.</c> A later layer with the same note says what, and where the reason stands.</param>
    public void Note(string note)
    {
        Debug.Assert(note.Contains(':'));
        Notes.Add(note);
    }

    /// <summary>Says something of this layer that is no mistake.</summary>
    public void Remark(IssueDescriptor descriptor, string? argument, params string[] arguments) => network.Remarks.Add(new(descriptor, scope.At(index), argument, new(arguments)));

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
            string advice = new[] { "pad", "pads" }.FirstOrDefault(Element.Has) is { } padding
                ? $"use a smaller {WindowArguments.Pascal(padding)}, or make the layer smaller"
                : IssueDescriptors.MakeSmaller;
            throw Fail(IssueDescriptors.TooLarge, null, Name, $"{Literal.Grouped(floats)} floats for one sample", advice);
        }
    }

    /// <summary>Fails unless two values have one shape.</summary>
    public void ExpectEqualShapes(Node left, string leftName, Node right, string rightName, string? argument, string? advice = null)
    {
        if (left.Shape != right.Shape)
        {
            throw ShapesDiffer("equal shapes", left.Shape, leftName, right.Shape, rightName, argument, advice);
        }
    }

    /// <summary>Two values that cannot be combined, with the extents that differ.</summary>
    /// <param name="expectation">What is expected of both.</param>
    /// <param name="left">One shape.</param>
    /// <param name="leftName">Who gives it.</param>
    /// <param name="right">The other.</param>
    /// <param name="rightName">Who gives it.</param>
    /// <param name="argument">The argument at fault.</param>
    /// <param name="advice">What to do; null for what helps with such extents.</param>
    /// <param name="freeAxis">An axis that may differ.</param>
    public LoweringException ShapesDiffer(
        string expectation, Shape left, string leftName, Shape right, string rightName, string? argument, string? advice = null, int? freeAxis = null) =>
        FailAtName(
            IssueDescriptors.ShapesDiffer, argument, rightName, Name, expectation, leftName, left.Describe(), rightName, right.Describe(),
            ShapeDifference.Explain(left, right, freeAxis, advice));

    /// <summary>The element that uses another one's parameters: this one, or one around it; null where the parameters are its own.</summary>
    private LayerContext? Sharer => Element.Has("share") ? this : scope.Sharer;

    /// <summary>The path of the element whose parameters this one uses: its own, unless it shares them.</summary>
    private string ParameterPath()
    {
        int owner = index;
        // An element that shares with one that shares ends at the owner.
        while (scope.Elements[owner].Text("share") is { } share)
        {
            int? earlier = scope.ResolveIndex(share, owner, "share");
            string found = earlier is { } at ? $"a {scope.Elements[at].Kind}" : "what the block reads, not a";
            if (earlier is null || scope.Elements[earlier.Value].Kind != Element.Kind)
            {
                throw Fail(IssueDescriptors.CannotShare, "share", Name, share, $"it is {found} layer; refer to a {Element.Kind} layer");
            }
            if (Element.Blocks.Count > 0 && !IsOneStructure(Element, scope.Elements[earlier.Value]))
            {
                throw Fail(IssueDescriptors.CannotShare, "share", Name, share, $"it is [{LayerDescription.Of(scope.Elements[earlier.Value], ["count"])}]; use the same blocks");
            }
            owner = earlier.Value;
        }
        return $"{scope.ParameterPrefix}{scope.Names[owner]}";
    }

    /// <summary>Fails where this element shares the parameters of another one that has more of them.</summary>
    public void ExpectSharesAll()
    {
        if (Element.Text("share") is not { } share)
        {
            return;
        }
        string prefix = $"{ParameterPath()}.";
        if (network.ParametersBelow(prefix).FirstOrDefault(name => !_shared.Contains(name)) is { } unused)
        {
            throw Fail(
                IssueDescriptors.CannotShare, "share", Name, share, $"it has {unused.Substring(prefix.Length)}, which {Name} has no use for; give both layers the same arguments");
        }
    }

    private static bool IsOneStructure(ElementSpec left, ElementSpec right)
    {
        return left.Blocks.Equals(right.Blocks) && Own(left).SequenceEqual(Own(right));

        static IEnumerable<ArgumentSpec> Own(ElementSpec element) => element.Arguments.Where(argument => argument.Name is not ("name" or "from" or "share"));
    }

    /// <summary>The owner's tensor, if it is there and of the right shape.</summary>
    private Node Shared(LayerContext sharer, (TensorSpec Spec, Node Node)? owned, string name, Shape shape)
    {
        string own = $"{Layer.Path}.{name}".Substring(sharer.Layer.Path.Length + 1);
        string share = sharer.Element.Text("share")!;
        return owned is not { } found
            ? throw sharer.Fail(IssueDescriptors.CannotShare, "share", sharer.Name, share, $"it has no {own}; give both layers the same arguments")
            : found.Spec.LogicalShape == shape
                ? found.Node
                : throw sharer.Fail(
                    IssueDescriptors.CannotShare, "share", sharer.Name, share,
                    $"its {own} is {found.Spec.LogicalShape.Describe()} and this layer needs {shape.Describe()}; give both the same sizes");
    }
}
