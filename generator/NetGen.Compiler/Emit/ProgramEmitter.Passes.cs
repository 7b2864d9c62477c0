using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>The passes: which methods run in which order, and where every value lies.</content>
internal sealed partial class ProgramEmitter
{
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

    /// <summary>Names for an op that works on the output where it stands.</summary>
    private sealed class InPlaceNames : INames
    {
        public string this[Node node] => "output";
    }
}
