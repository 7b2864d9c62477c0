using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <summary>Prints the arithmetic: a section for each layer, then the passes that call them, with every offset.</summary>
internal sealed class ProgramEmitter
{
    private readonly SourceWriter _writer;
    private readonly LoweredNetwork _network;
    private readonly CompiledPrograms _programs;
    private readonly Dictionary<string, string> _constants = [];
    private readonly (string Pass, string Path, string Into)[] _fused;

    public ProgramEmitter(SourceWriter writer, LoweredNetwork network, CompiledPrograms programs)
    {
        (_writer, _network, _programs) = (writer, network, programs);
        _fused = [.. FusedIn("Forward", programs.Training), .. FusedIn("Predict", programs.Prediction)];
        var taken = new HashSet<string>();
        foreach (TensorSpec tensor in network.Parameters.Concat(network.State))
        {
            string wanted = Names.Pascal(tensor.Name);
            string name = wanted;
            for (int suffix = 2; !taken.Add(name); suffix++)
            {
                name = $"{wanted}_{suffix}";
            }
            _constants[tensor.Name] = name;
        }
    }

    /// <summary>The method that computes the loss of predictions.</summary>
    public string LossMethod { get; private set; } = "";

    /// <summary>What Forward gets beyond memory.</summary>
    public IReadOnlyList<Ambient> ForwardAmbients { get; private set; } = [];

    /// <summary>What Backward gets beyond memory.</summary>
    public IReadOnlyList<Ambient> BackwardAmbients { get; private set; } = [];

    public void Emit()
    {
        (CompiledProgram prediction, CompiledProgram? training) = (_programs.Prediction, _programs.Training);
        var methods = new LayerMethods();
        var predictionNames = new Names(prediction.Graph);
        List<LayerStep> predict = LayerStep.Of(prediction.Schedule.Forward, prediction, predictionNames);
        Names? trainingNames = null;
        List<LayerStep> forward = [];
        List<LayerStep> backward = [];
        if (training is not null)
        {
            trainingNames = new Names(training.Graph);
            forward = LayerStep.Of(training.Schedule.Forward, training, trainingNames);
            backward = LayerStep.Of(training.Schedule.Backward, training, trainingNames);
            methods.Add(forward, "Forward");
            methods.Add(backward, "Backward");
            LossMethod = forward.Single(step => step.ReturnsLoss).Method;
        }
        methods.Add(predict, "Predict");

        foreach (InputSpec input in _network.Inputs.Where(_ => _network.Inputs.Count > 1))
        {
            Heading($"{input.Name}: {input.Description}", $"floats {input.Start} to {input.Start + input.Shape.Count - 1} of a sample's row");
            EmitMethods(methods.Of(new(input.Name, input.Description)));
        }
        foreach (LayerRow row in _network.Layers)
        {
            EmitSection(row, methods);
        }
        if (training is not null)
        {
            Layer loss = forward.Single(step => step.ReturnsLoss).Layer;
            Heading($"loss: {loss.Description}", "the mean over the batch; backpropagation starts with its gradient");
            EmitMethods(methods.Of(loss));
        }

        EmitPredict(prediction, predict, predictionNames, methods.Of(new("output", "")));
        if (training is not null)
        {
            EmitTraining(training, forward, backward, trainingNames!);
        }
        EmitInitialize();
    }

    /// <summary>The layers whose output another layer's product computes: a fused op has the name of the last layer and the section of the first.</summary>
    private static IEnumerable<(string Pass, string Path, string Into)> FusedIn(string pass, CompiledProgram? program) =>
        (program?.Schedule.Forward ?? []).Where(node => node.Op is MatMul && node.Name != node.Layer.Path).Select(node => (pass, node.Name, node.Layer.Path));

    private void EmitSection(LayerRow row, LayerMethods methods)
    {
        string parameters = row.Parameters.Count == 0 ? "" : $"{Literal.Grouped(row.Parameters.Sum(tensor => (long)tensor.Count))} parameters, ";
        var notes = new List<string> { $"{row.Input} → {row.Output}    {parameters}{Literal.Grouped(row.Flops)} FLOPs a sample" };
        string[] fusedIn = [.. _fused.Where(fused => fused.Path == row.Layer.Path).Select(fused => fused.Pass)];
        string[] code = [.. methods.Of(row.Layer)];
        if (fusedIn.Length > 0)
        {
            notes.Add($"In {string.Join(" and ", fusedIn)} it is part of {_fused.First(fused => fused.Path == row.Layer.Path).Into}'s product.");
        }
        else if (code.Length == 0)
        {
            Node[] nodes = [.. _network.Forward.Nodes.Where(node => node.Layer == row.Layer && node.Op is not Source)];
            notes.Add(nodes.Length == 0 ? "No code of its own: the layers inside do it."
                : nodes.All(node => node.Op.IsAlias) ? "No code: the same memory under another shape."
                : "No code: Predict does not need it.");
        }
        Heading($"{row.Layer.Path}: {row.Layer.Description}", [.. notes]);

        TensorSpec[] tensors = [.. row.Parameters, .. row.State];
        foreach (TensorSpec tensor in tensors)
        {
            string layout = tensor.Transposed ? $"; the transpose of PyTorch's {tensor.LogicalShape}" : "";
            _writer.Line($"private const int {_constants[tensor.Name]} = {tensor.Offset};   // {tensor.Name} {tensor.Shape}{layout}");
        }
        if (tensors.Length > 0)
        {
            _writer.Line();
        }
        EmitMethods(code);
    }

    private void Heading(string title, params string[] notes)
    {
        _writer.Line($"// ── {title} {new string('─', System.Math.Max(4, 100 - title.Length))}");
        foreach (string note in notes)
        {
            _writer.Line($"// {note}");
        }
        _writer.Line();
    }

    private static string Unshared(CompiledProgram program) =>
        program.Plan.Unshared == program.Plan.ArenaSize ? "" : $"; {program.Plan.Unshared} if no two values shared memory";

    private void EmitMethods(IEnumerable<string> methods)
    {
        foreach (string method in methods)
        {
            _writer.Line(method);
        }
    }

    private void EmitPredict(CompiledProgram program, IReadOnlyList<LayerStep> steps, Names names, IEnumerable<string> outputMethods)
    {
        Size arena = program.Plan.ArenaSize;
        Heading("Predict", $"Workspace: {arena} floats{Unshared(program)}");
        EmitMethods(outputMethods);
        _writer.Line($"private const int WorkspacePerSample = {arena.PerSample};");
        _writer.Line($"private const int WorkspaceConstant = {arena.Constant};");
        _writer.Line($"private const int LargestBlock = {PredictionBlock.SamplesFor(arena)};   // samples at a time, so that the workspace stays in cache");
        _writer.Line();
        Node? source = program.Graph.Nodes.FirstOrDefault(node => node.Op is Input);
        string input = source is null ? "input" : names[source];
        _writer.OpenMethod(
            "internal static void Predict",
            ["int batch", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state", $"ReadOnlySpan<float> {input}", "Span<float> output", "Span<float> workspace"]);
        EmitCalls(steps, program, names, "workspace");
        _writer.Close();
        _writer.Line();
        EmitPredictInBlocks(arena);
        if (_programs.Probabilities is { } probabilities)
        {
            var inPlace = new InPlaceNames();
            _writer.Open("internal static void ToProbabilities(Span<float> output)");
            _writer.Line($"// {probabilities.Op.Formula(probabilities, inPlace)}");
            _writer.Line(probabilities.Op.Emit(probabilities, inPlace));
            _writer.Close();
            _writer.Line();
        }
    }

    private void EmitPredictInBlocks(Size workspace)
    {
        var inputSize = new Size(_network.Inputs.Sum(input => (int)input.Shape.Count), 0);
        Size outputSize = _network.OutputShape.Size;
        string block = workspace.PerSample == 0 ? "LargestBlock" : "Math.Min(LargestBlock, (workspace.Length - WorkspaceConstant) / WorkspacePerSample)";
        _writer.OpenMethod(
            "internal static void PredictInBlocks",
            ["int samples", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state", "ReadOnlySpan<float> input", "Span<float> output", "Span<float> workspace"]);
        _writer.Line($"int block = {block};");
        _writer.Open("for (int first = 0; first < samples; first += block)");
        _writer.Line("int batch = Math.Min(block, samples - first);");
        _writer.Line($"Predict(batch, parameters, state, input.Slice({inputSize.ToString("first")}, {inputSize}), output.Slice({outputSize.ToString("first")}, {outputSize}), workspace);");
        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Line("internal static int WorkspaceFor(int samples) => WorkspaceConstant + WorkspacePerSample * Math.Min(samples, LargestBlock);");
        _writer.Line();
    }

    private void EmitTraining(CompiledProgram program, IReadOnlyList<LayerStep> forward, IReadOnlyList<LayerStep> backward, Names names)
    {
        Size arena = program.Plan.ArenaSize;
        Heading("Training", $"Arena: {arena} floats, shared by Forward and Backward{Unshared(program)}");
        _writer.Line($"internal const int ArenaPerSample = {arena.PerSample};");
        _writer.Line($"internal const int ArenaConstant = {arena.Constant};");
        _writer.Line();
        _writer.Open("internal static void Load(in Batch samples, Span<float> arena)");
        _writer.Line("int batch = samples.Count;");
        foreach (Node node in program.Graph.Nodes)
        {
            string place = $"arena.Slice({program.Plan.Locations[node].Offset}, {node.Shape.Size})";
            switch (node.Op)
            {
                case Input:
                    _writer.Line($"samples.Inputs.CopyTo({place});");
                    break;
                case Target:
                    _writer.Line(_network.Loss!.Classes(_network.OutputShape) == ClassTargets.Indices ? $"TargetCopy.Into(samples, {place});" : $"TargetCopy.AsFloats(samples, {place});");
                    break;
                case RowWeights:
                    _writer.Line($"RowWeights.Expand(samples, {place}, rowsPerSample: {node.Shape.Count});");
                    break;
                default:
                    break;
            }
        }
        _writer.Close();
        _writer.Line();
        ForwardAmbients = AmbientsOf(forward);
        BackwardAmbients = AmbientsOf(backward);
        string[] buffers = ["int batch", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state"];
        _writer.OpenMethod("internal static float Forward", [.. buffers, "Span<float> arena", .. ForwardAmbients.Select(Declare)]);
        EmitCalls(forward, program, names, "arena");
        _writer.Close();
        _writer.Line();
        _writer.OpenMethod("internal static void Backward", [.. buffers, "Span<float> gradients", "Span<float> arena", .. BackwardAmbients.Select(Declare)]);
        EmitCalls(backward, program, names, "arena");
        _writer.Close();
        _writer.Line();

        static Ambient[] AmbientsOf(IReadOnlyList<LayerStep> steps) => [.. steps.SelectMany(step => step.Ambients).Distinct()];

        static string Declare(Ambient ambient) => $"{ambient.Type} {ambient.Name}";
    }

    private void EmitCalls(IReadOnlyList<LayerStep> steps, CompiledProgram program, Names names, string arena)
    {
        var declared = new HashSet<string>();
        foreach (Node value in steps.SelectMany(step => step.Values))
        {
            Location location = program.Plan.Locations[value];
            if (location.Region == Region.Arena && declared.Add(names[value]))
            {
                _writer.Line($"Span<float> {names[value]} = {arena}.Slice({location.Offset}, {location.Size});   // {value.Shape}");
            }
        }
        if (declared.Count > 0)
        {
            _writer.Line();
        }
        foreach (LayerStep step in steps)
        {
            step.WriteCall(_writer, value => Place(value, program, names));
        }
    }

    private string Place(Node value, CompiledProgram program, Names names)
    {
        Location location = program.Plan.Locations[value];
        return location.Region switch
        {
            Region.Parameters => $"parameters.Slice({Constant(value)}, {location.Size})",
            Region.State => $"state.Slice({Constant(value)}, {location.Size})",
            Region.Gradients => $"gradients.Slice({Gradient(location)}, {location.Size})",
            Region.Output => "output",
            _ => names[value],
        };
    }

    private string Constant(Node value) => _constants[value.Op is Parameter parameter ? parameter.Name : ((State)value.Op).Name];

    private string Gradient(Location location) => _constants[_network.Parameters.Single(tensor => tensor.Offset == location.Offset.Constant).Name];

    private void EmitInitialize()
    {
        Heading("Initial values");
        _writer.Open("internal static void SetInitialValues(Span<float> parameters, Span<float> state, ulong seed)");
        int stream = 0;
        foreach (TensorSpec tensor in _network.Parameters)
        {
            EmitInitialize("parameters", tensor, stream++);
        }
        foreach (TensorSpec tensor in _network.State)
        {
            EmitInitialize("state", tensor, 0);
        }
        _writer.Close();
        if (_network.Standardizations.Count == 0)
        {
            return;
        }
        _writer.Line();
        int sampleSize = _network.Inputs.Sum(input => (int)input.Shape.Count);
        _writer.Open("internal static void FitPreprocessing(ReadOnlySpan<float> samples, Span<float> state)");
        foreach (StandardizationSpec fit in _network.Standardizations)
        {
            int count = fit.Input.Shape.Extents[fit.Axis];
            _writer.Line(
                $"Statistics.Fit(samples, sampleSize: {sampleSize}, start: {fit.Input.Start}, size: {fit.Input.Shape.Count}, {SumTo.Along(fit.Input.Shape, fit.Axis)}, " +
                $"state.Slice({_constants[fit.Mean]}, {count}), state.Slice({_constants[fit.Std]}, {count}));");
        }
        _writer.Close();
    }

    private void EmitInitialize(string buffer, TensorSpec tensor, int stream)
    {
        string span = $"{buffer}.Slice({_constants[tensor.Name]}, {tensor.Count})";
        Initialization initialization = tensor.Initialization;
        string value = Literal.Of(initialization.Value);
        switch (initialization.Kind)
        {
            case InitializationKind.Uniform:
                _writer.Line($"Initialize.Uniform({span}, {value}, seed, stream: {stream});   // {initialization.Formula}");
                break;
            case InitializationKind.Normal:
                _writer.Line($"Initialize.Normal({span}, {value}, seed, stream: {stream});   // {initialization.Formula}");
                break;
            default:
                _writer.Line($"Initialize.Constant({span}, {value});");
                break;
        }
    }

    /// <summary>Names for an op that works on the output where it stands.</summary>
    private sealed class InPlaceNames : INames
    {
        public string this[Node node] => "output";
    }
}
