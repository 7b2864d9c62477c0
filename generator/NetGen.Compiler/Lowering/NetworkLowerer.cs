using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>Turns a specification into a forward graph: elements in order, blocks expanded where they are used, shapes inferred on the way.</summary>
internal sealed partial class NetworkLowerer
{
    /// <summary>Floats that one buffer can hold, rounded down so that offsets may be rounded up.</summary>
    public const int MaxFloats = int.MaxValue - 0xFFFF;

    /// <summary>Ops beyond which a file would be too large for the C# compiler; the largest published networks have some thousands.</summary>
    private const int MaxOps = 100_000;

    private const string InputKind = "Input";

    private const string OutputKind = "Output";

    private readonly CancellationToken _cancellationToken;
    private readonly List<LayerRow> _rows = [];
    private readonly List<LoweredLayer> _layers = [];
    private readonly List<LoweredLoss> _losses = [];
    private readonly List<TensorSpec> _parameters = [];
    private readonly List<TensorSpec> _state = [];
    private readonly Dictionary<string, (TensorSpec Spec, Node Node)> _parametersByName = [];
    private readonly Dictionary<string, (TensorSpec Spec, Node Node)> _stateByName = [];
    private readonly TimeAxis _time;
    private int _streams;

    private NetworkLowerer(CancellationToken cancellationToken) => (_cancellationToken, _time) = (cancellationToken, new(Graph));

    public GraphBuilder Graph { get; } = new();

    /// <summary>The values that are an input as declared.</summary>
    public Dictionary<Node, InputSpec> DirectInputs { get; } = [];

    /// <summary>Time steps of the sequences whose lengths a batch may give; 0 where no input is a sequence.</summary>
    public int SequenceLength { get; private set; }

    /// <summary>Whether a batch may say how many of the rows of a value, of two axes, are real.</summary>
    public bool HasLengths(Node value) => value.Shape.Extents[0] == SequenceLength && _time.IsFirst(value);

    /// <summary>Whether training carries the states of recurrences from one batch to the next.</summary>
    public bool IsStateful { get; private set; }

    /// <summary>Floats that are carried of one sequence so far.</summary>
    public int CarriedFloats { get; private set; }

    /// <summary>The states of one more recurrence.</summary>
    public Node Carry(int floats)
    {
        Node states = Graph.Add(new CarriedStates(Shape.Batch(floats), CarriedFloats), [], $"{Graph.Layer.Path}.states");
        CarriedFloats += floats;
        return states;
    }

    public List<FitSpec> Fits { get; } = [];

    /// <summary>What the author may want to know of a network that compiles.</summary>
    public List<Issue> Remarks { get; } = [];

    /// <exception cref="LoweringException">The first mistake in the network.</exception>
    public static LoweredNetwork Lower(NetworkSpec spec, CancellationToken cancellationToken) => new NetworkLowerer(cancellationToken).Run(spec);

    public int NextStream() => _streams++;

    /// <summary>The names of all parameters so far that begin like this.</summary>
    public IEnumerable<string> ParametersBelow(string prefix) =>
        _parameters.Select(tensor => tensor.Name).Where(name => name.StartsWith(prefix, System.StringComparison.Ordinal));

    public (TensorSpec Spec, Node Node)? FindParameter(string name) =>
        _parametersByName.TryGetValue(name, out (TensorSpec, Node) found) ? found : null;

    public (TensorSpec Spec, Node Node)? FindState(string name) =>
        _stateByName.TryGetValue(name, out (TensorSpec, Node) found) ? found : null;

    public Node DefineParameter(string name, Shape logicalShape, Shape shape, TensorLayout? layout, Initialization initialization, LayerContext owner)
    {
        int start = _parameters.Count == 0 ? 0 : _parameters[_parameters.Count - 1].End;
        if (logicalShape.Count > MaxFloats - start)
        {
            string earlier = start == 0 ? "" : $" after {Literal.Grouped(start)} of earlier layers";
            throw owner.Fail(IssueDescriptors.TooLarge, null, owner.Name, $"{Literal.Grouped(logicalShape.Count)} parameters{earlier}", IssueDescriptors.MakeSmaller);
        }
        if (_parametersByName.ContainsKey(name))
        {
            throw owner.Fail(IssueDescriptors.DuplicateName, "name", name, "the projection of a residual around it");
        }
        var tensor = new TensorSpec(name, logicalShape, shape, layout, start, initialization);
        Node node = Graph.Add(new Parameter(name, shape), [], name);
        _parameters.Add(tensor);
        _parametersByName[name] = (tensor, node);
        owner.OwnedParameters.Add(tensor);
        return node;
    }

    public Node DefineState(string name, Shape shape, float initial, LayerContext owner)
    {
        int start = _state.Count == 0 ? 0 : _state[_state.Count - 1].End;
        var tensor = new TensorSpec(name, shape, shape, Layout: null, start, new(InitializationKind.Constant, initial, ""));
        _state.Add(tensor);
        owner.OwnedState.Add(tensor);
        Node node = Graph.Add(new State(name, shape), [], name);
        _stateByName[name] = (tensor, node);
        return node;
    }

    /// <summary>Lets what shares state read, from now on, what an update made of it.</summary>
    public void UpdateState(string name, Node updated) => _stateByName[name] = (_stateByName[name].Spec, updated);

    public Node LowerBlock(
        BlockSpec block, IReadOnlyList<int> path, string prefix, string parameterPrefix, LayerContext? sharer, bool reverse, Node input, string inputName, LayerContext user)
    {
        if (block.Problem != BlockProblem.None || block.Elements.Count == 0)
        {
            string reason = block.Problem switch
            {
                BlockProblem.NotABlock => "it is not marked [Block]; add [Block] and its layers to the class",
                BlockProblem.ContainsItself => "it contains itself, which would never end; a network has no cycles, so use [Repeat<T>(n)] for a fixed number of copies",
                BlockProblem.SeveralDeclarations => "its layers stand on several declarations, so their order is not defined; put all of them on one",
                _ => "it has no layers; add some after [Block]",
            };
            throw user.Fail(IssueDescriptors.UnusableBlock, null, user.Name, block.Name, reason);
        }
        Layer outer = Graph.Layer;
        var scope = new Scope(prefix, path, block.Elements, parameterPrefix, sharer, reverse);
        scope.DefineInput(input);
        Node output = LowerLayers(scope, 0, input, inputName, block.Elements.Count).Value;
        Graph.Layer = outer;
        return output;
    }

    private LoweredNetwork Run(NetworkSpec spec)
    {
        IReadOnlyList<ElementSpec> elements = spec.Elements;
        int inputCount = elements.TakeWhile(element => element.Kind == InputKind).Count();
        CheckStructure(spec, inputCount);
        IsStateful = spec.IsStateful;

        var scope = new Scope("", [], elements, parameterPrefix: "", sharer: null, reverse: false);
        List<InputSpec> inputs = LowerInputs(scope, inputCount);
        (Node output, IReadOnlyList<OutputSpec> outputs) = LowerToOutputs(scope, inputCount, DirectInputs.Keys.Last());

        Graph forward = Graph.Build();
        CheckTotalSize(forward, spec);
        CheckCarried(spec, hasLoss: outputs[0].Loss is not null);
        IEnumerable<LoweredInput> values = DirectInputs.Keys.Take(inputCount).Select((value, index) => new LoweredInput(scope.Names[index], scope.At(index), value));
        Remarks.AddRange(Habits.Of(forward, values, _layers, _losses, isFixed: spec.Weights is not null));
        ILookup<Layer, Node> byLayer = forward.Nodes.ToLookup(node => node.Layer);
        foreach (LayerRow row in _rows)
        {
            row.Flops = byLayer[row.Layer].Sum(node => node.Op.Flops(node));
        }
        return new(forward, inputs, output.Shape, outputs, _rows, _parameters, _state, Fits, Remarks) { CarriedFloats = CarriedFloats };
    }

    private static void CheckStructure(NetworkSpec spec, int inputCount)
    {
        IReadOnlyList<ElementSpec> elements = spec.Elements;
        if (elements.All(element => element.Kind != InputKind))
        {
            throw new LoweringException(new(IssueDescriptors.NoInput, default, null, new([spec.Type.Name])));
        }
        if (inputCount == 0)
        {
            throw new LoweringException(new(IssueDescriptors.LayerBeforeInput, new([0]), null, new([elements[0].Kind])));
        }
        if (elements.Skip(inputCount).All(element => element.Kind == OutputKind || LossTable.Find(element.Kind) is not null))
        {
            throw new LoweringException(new(IssueDescriptors.NoLayers, default, null, new([spec.Type.Name])));
        }
    }

    private List<InputSpec> LowerInputs(Scope scope, int count)
    {
        var inputs = new List<InputSpec>();
        int start = 0;
        for (int index = 0; index < count; index++)
        {
            IReadOnlyList<int> extents = scope.Elements[index].Ints("shape");
            string name = scope.Names[index];
            if (extents.Count is < 1 or > 4 || extents.Any(extent => extent < 1) || Shape.Batch(extents).Count > MaxFloats - start)
            {
                throw new LoweringException(new(IssueDescriptors.InvalidArgument, scope.At(index), "shape", new([
                    $"Input '{name}'", "a shape of", "one to four extents of at least 1, such as [Input(64)] or [Input(1, 28, 28)]",
                    extents.Count == 0 ? "none" : string.Join("x", extents)])));
            }
            inputs.Add(new(name, LayerDescription.Of(scope.Elements[index], ["shape"]), start, Shape.Batch(extents), IsIndex(scope, index)));
            start += (int)Shape.Batch(extents).Count;
        }

        SequenceLength = LoweredNetwork.SequenceOf(inputs);

        // A sample is one row. One input is the row itself; several are slices of it.
        Node? row = null;
        for (int index = 0; index < count; index++)
        {
            InputSpec input = inputs[index];
            Graph.Layer = new(input.Name, input.Description);
            row ??= Graph.Add(new Input(count == 1 ? input.Shape : Shape.Batch(start)), [], count == 1 ? input.Name : "row");
            Node value = row;
            if (count > 1)
            {
                Node slice = Graph.Add(new Slice(0, input.Start, (int)input.Shape.Count), [row], input.Name);
                value = Graph.Add(new Reshape(input.Shape), [slice], input.Name);
            }
            DirectInputs[value] = input;
            scope.Define(index, value);
        }
        return inputs;
    }

    /// <summary>Whether an input holds ids: one extent, a vocabulary for each table that reads it.</summary>
    private static bool IsIndex(Scope scope, int index)
    {
        string type = scope.Elements[index].Text("type") ?? "Number";
        if (type is not ("Number" or "Index"))
        {
            throw new LoweringException(new(IssueDescriptors.InvalidArgument, scope.At(index), "type", new([$"Input '{scope.Names[index]}'", "type", "a member of InputType", type])));
        }
        int rank = scope.Elements[index].Ints("shape").Count;
        return type == "Index" && rank != 1
            ? throw new LoweringException(new(IssueDescriptors.InvalidArgument, scope.At(index), "shape", new([
                $"Input '{scope.Names[index]}'", "a shape of", "one extent for ids, such as [Input(64, Type = InputType.Index)]", string.Join("x", scope.Elements[index].Ints("shape"))])))
            : type == "Index";
    }

    private (Node Value, string Name) LowerLayers(Scope scope, int first, Node input, string inputName, int end)
    {
        (Node value, string valueName) = (input, inputName);
        for (int index = first; index < end; index++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ElementSpec element = scope.Elements[index];
            if (LayerTable.Find(element.Kind) is not { } kind)
            {
                throw new LoweringException(new(IssueDescriptors.MisplacedElement, scope.At(index), null, new([element.Kind, ReasonAgainst(element, scope)])));
            }

            if (element.Text("from") is { } from)
            {
                (value, valueName) = (scope.Resolve(from, index, "from"), scope.Prefix + from);
            }
            var layer = new Layer(scope.Prefix + scope.Names[index], LayerDescription.Of(element, kind.Positional));
            Graph.Layer = layer;
            var context = new LayerContext(this, scope, index, value, valueName, layer);
            if (kind is not Embedding)
            {
                context.ExpectNumbers(value, valueName);
            }
            value = kind.Lower(context);
            context.ExpectSharesAll();
            context.ExpectFits(value.Shape.Count);
            if (Graph.Count > MaxOps)
            {
                throw context.Fail(IssueDescriptors.TooLarge, null, context.Name, $"more than {Literal.Grouped(MaxOps)} operations", IssueDescriptors.MakeSmaller);
            }
            if (value.Layer == layer)
            {
                Graph.NameLast(value, layer.Path);
            }
            valueName = layer.Path;
            scope.Define(index, value);
            var row = new LayerRow(
                layer, LayerDescription.IdentityOf(element, kind), context.Input.Shape, value.Shape, context.OwnedParameters, context.OwnedState, context.Notes, scope.At(index));
            _rows.Add(row);
            _layers.Add(new(scope.Names[index], element, kind, row, context.Input, value));
        }
        return (value, valueName);
    }

    /// <summary>Why what is no layer cannot stand among layers.</summary>
    private static string ReasonAgainst(ElementSpec element, Scope scope) =>
        element.Kind == InputKind ? "inputs come first, in the network itself"
        : element.Kind == OutputKind ? "outputs stand in the network itself"
        : scope.Elements.Any(other => other.Kind == OutputKind) ? "a loss stands directly after the [Output] that it belongs to"
        : "a loss comes last, once, in the network itself";

    private void CheckCarried(NetworkSpec spec, bool hasLoss)
    {
        if (IsStateful && !(hasLoss && CarriedFloats > 0))
        {
            throw new LoweringException(new(IssueDescriptors.CannotCarry, default, null, new([
                spec.Type.Name,
                hasLoss ? "has no recurrence" : "has no loss to be trained with",
                hasLoss ? "add one, such as [LSTM(32)], or leave Stateful out" : "add one, such as [MeanSquaredError], or leave Stateful out: a stream's Step carries states in any case"])));
        }
    }

    /// <summary>Values and their gradients, none sharing memory with another, must be addressable: then whatever the memory plan does is.</summary>
    private static void CheckTotalSize(Graph forward, NetworkSpec spec)
    {
        // Beside each value, its gradient comes back from each use and is added to what came back from the others.
        double floats = forward.Nodes.Sum(node => (double)node.Shape.Count + (2 * node.Operands.Sum(operand => operand.Shape.Count)) + (3 * TensorSpec.Alignment));
        if (floats > MaxFloats)
        {
            throw new LoweringException(new(IssueDescriptors.TooLarge, default, null, new([
                spec.Type.Name, $"up to {Literal.Grouped((long)floats)} floats for one sample's values and gradients", "make its layers smaller"])));
        }
    }
}
