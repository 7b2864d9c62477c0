using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>The passes: which methods run in which order, and where every value lies.</content>
internal sealed partial class ProgramEmitter
{
    /// <summary>Whether Predict takes samples in blocks: straight-line code that needs no workspace takes all of them at once.</summary>
    public bool PredictsInBlocks { get; private set; }

    /// <summary>The buffers, of parameters and state, that straight-line code reads.</summary>
    public IReadOnlyList<string> UnrolledBuffers { get; private set; } = [];

    private void EmitPredict(CompiledProgram program, IReadOnlyList<LayerStep> steps, Names names, IEnumerable<string> outputMethods)
    {
        Size arena = program.Plan.ArenaSize;
        Heading("Predict", arena == default ? "No workspace: what one layer gives the next stays in registers" : $"Workspace: {arena} floats{Unshared(program)}");
        EmitMethods(outputMethods);
        PredictsInBlocks = arena != default || !steps.All(step => step is UnrolledStep);
        UnrolledBuffers = [.. steps.OfType<UnrolledStep>().SelectMany(step => step.Buffers).Distinct()];
        if (PredictsInBlocks)
        {
            _writer.Line($"private const int WorkspacePerSample = {arena.PerSample};");
            _writer.Line($"private const int WorkspaceConstant = {arena.Constant};");
            var block = PredictionBlock.For(program.Graph, arena);
            _writer.Line($"private const int LargestBlock = {block.Samples};   // {block.Reason}");
            _writer.Line();
        }
        Node? source = program.Graph.Nodes.FirstOrDefault(node => node.Op is Input);
        string input = source is null ? "input" : names[source];
        _writer.OpenMethod(
            "internal static void Predict",
            PredictsInBlocks
                ? ["int batch", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state", $"ReadOnlySpan<float> {input}", .. LengthsParameter,
                    "Span<float> output", "Span<float> workspace"]
                : ["int batch", .. UnrolledBuffers.Select(buffer => $"ReadOnlySpan<float> {buffer}"), $"ReadOnlySpan<float> {input}", "Span<float> output"]);
        DeclareValues(steps, program, names, _ => "Span<float> {0} = workspace.Slice({1}, {2});");
        foreach (LayerStep step in steps)
        {
            step.WriteCall(_writer, "batch", ambient => ambient.Name, value => Place(value, program, names));
        }
        _writer.Close();
        _writer.Line();
        if (PredictsInBlocks)
        {
            EmitPredictInBlocks(arena);
        }
        EmitPredictPart(program);
        EmitProbabilities();
    }

    /// <summary>The parameter for the lengths of sequences, where layers have use for them.</summary>
    private string[] LengthsParameter => LengthsArgument("ReadOnlySpan<int> lengths");

    private string[] LengthsArgument(string text) => _network.TakesLengths ? [text] : [];

    /// <summary>What one worker does of many samples.</summary>
    private void EmitPredictPart(CompiledProgram program)
    {
        int inputs = _network.Inputs.Sum(input => (int)input.Shape.Count);
        _writer.Line($"internal const long PredictFlopsPerSample = {program.Schedule.All.Sum(node => node.Op.Flops(node))};");
        _writer.Line();
        _writer.Open("internal static void PredictPart(in PredictionPass pass, Worker worker)");
        _writer.Line("Part samples = worker.Samples(pass.Samples);   // those that this worker computes");
        string[] memory = program.Plan.ArenaSize != default ? ["ThreadWorkspace.Get(WorkspaceFor(pass.Samples))"] : PredictsInBlocks ? ["default"] : [];
        string[] buffers = PredictsInBlocks ? ["pass.Parameters", "pass.State"] : [.. UnrolledBuffers.Select(buffer => $"pass.{Names.Pascal(buffer)}")];
        _writer.Call(
            PredictsInBlocks ? "PredictInBlocks" : "Predict",
            ["samples.Count", .. buffers, $"samples.Of(pass.Input, {inputs})", .. LengthsArgument("samples.LengthsOf(pass.Lengths)"),
                $"samples.Of(pass.Output, {_network.OutputShape.Count})", .. memory]);
        _writer.Close();
        _writer.Line();
    }

    private void EmitPredictInBlocks(Size workspace)
    {
        var inputSize = new Size(_network.Inputs.Sum(input => (int)input.Shape.Count), 0);
        Size outputSize = _network.OutputShape.Size;
        string block = workspace.PerSample == 0 ? "LargestBlock" : "Math.Min(LargestBlock, (workspace.Length - WorkspaceConstant) / WorkspacePerSample)";
        _writer.OpenMethod(
            "internal static void PredictInBlocks",
            ["int samples", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state", "ReadOnlySpan<float> input", .. LengthsParameter, "Span<float> output", "Span<float> workspace"]);
        _writer.Line($"int block = {block};");
        _writer.Open("for (int first = 0; first < samples; first += block)");
        _writer.Line("int batch = Math.Min(block, samples - first);");
        string lengths = string.Concat(LengthsArgument("lengths.IsEmpty ? lengths : lengths.Slice(first, batch)").Select(argument => $"{argument}, "));
        _writer.Line(
            $"Predict(batch, parameters, state, input.Slice({inputSize.ToString("first")}, {inputSize}), {lengths}" +
            $"output.Slice({outputSize.ToString("first")}, {outputSize}), workspace);");
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
        Node input = program.Graph.Nodes.Single(node => node.Op is Input);
        long flops = program.Schedule.All.Sum(node => node.Op.Flops(node));
        _writer.Line($"internal const long FlopsPerSample = {flops};   // of a training step: it decides how many threads share the work");
        _writer.Line();
        EmitClassWeights();
        _writer.Open("internal static void LoadTargets(in Batch samples, Span<float> arena)");
        _writer.Line("int batch = samples.Count;");
        foreach (Node node in program.Graph.Nodes)
        {
            switch (node.Op)
            {
                case Target target:
                    _writer.Line(TargetCopy(target, "samples", PlaceInArena(node, program)));
                    break;
                case RowWeights weights:
                    _writer.Line(RowWeightsOf(weights, PlaceInArena(node, program)));
                    break;
                default:
                    break;
            }
        }
        _writer.Close();
        _writer.Line();
        _writer.Line("// Forward copies the input here, because Backward reads it after the caller's memory may have changed. TrainStep needs no copy.");
        _writer.Line($"internal static Span<float> KeptInput(int batch, Span<float> arena) => {PlaceInArena(input, program)};");
        _writer.Line();
        ForwardAmbients = AmbientsOf(forward);
        BackwardAmbients = AmbientsOf(backward);
        EmitPass("Forward", forward);
        EmitPass("Backward", backward);
        _writer.Open("internal static void TrainStep(in TrainingPass pass, Worker worker)");
        _writer.Line("Forward(pass, worker);\nBackward(pass, worker);");
        HashSet<string> stored = [.. program.Graph.Nodes.Select(node => node.Op).OfType<StoreGradient>().Select(store => store.Parameter)];
        TensorSpec[] constant = [.. _network.Parameters.Where(tensor => !stored.Contains(tensor.Name))];
        if (program.UpdatesOnce)
        {
            _writer.Line("worker.Barrier();");
            _writer.Open("if (worker.IsFirst)");
            _writer.Line("pass.Update();");
            _writer.Close();
        }
        else if (constant.Length > 0)
        {
            _writer.Open("if (worker.IsFirst)");
            _writer.Line("// The loss does not depend on these: their gradients stay 0, but an optimizer may change them all the same.");
            foreach (TensorSpec tensor in constant)
            {
                _writer.Line($"pass.Gradient({_constants[tensor.Name]}, {tensor.Count}).Update();");
            }
            _writer.Close();
        }
        _writer.Close();
        _writer.Line();
        IEnumerable<string> losses = program.Graph.Nodes.Where(node => node.Op is LossOp).Select(loss => $"Loss.Sum({PlaceInArena(loss, program)})");
        _writer.Line(_network.Outputs.Count == 1 ? "// The mean loss, once Forward is done." : "// The sum of the outputs' mean losses, each times its weight, once Forward is done.");
        _writer.Line($"internal static float MeanLoss(int batch, ReadOnlySpan<float> arena) => {string.Join(" + ", losses)};");
        _writer.Line();
        if (_network.Outputs.Count > 1)
        {
            EmitEvaluateLoss();
        }

        void EmitPass(string name, IReadOnlyList<LayerStep> steps)
        {
            _writer.Open($"internal static void {name}(in TrainingPass pass, Worker worker)");
            _writer.Line("int batch = pass.Batch;");
            _writer.Line("Part samples = worker.Samples(batch);   // those that this worker computes");
            _writer.Line("ReadOnlySpan<float> parameters = pass.Parameters;");
            if (steps.SelectMany(step => step.Ambients).Contains(Ambient.Lengths))
            {
                _writer.Line("ReadOnlySpan<int> lengths = samples.LengthsOf(pass.Lengths);");
            }
            if (steps.SelectMany(step => step.Values).Any(value => value.Op is State))
            {
                bool updates = program.Graph.Nodes.Any(node => node.Op is UpdateRunning);
                _writer.Line($"{(updates ? "Span" : "ReadOnlySpan")}<float> state = pass.State;");
            }
            DeclareValues(steps, program, names, value => value.Origin.Op is Input ? "ReadOnlySpan<float> {0} = pass.Input;" : "Span<float> {0} = pass.Arena.Slice({1}, {2});");
            foreach (LayerStep step in steps)
            {
                if (step.WaitsBefore)
                {
                    _writer.Line("worker.Barrier();");
                }
                step.WriteCall(
                    _writer,
                    step.BySample ? "samples.Count" : "batch",
                    ambient => ambient == Ambient.FirstSample ? "samples.Start" : ambient == Ambient.AllSamples ? "batch" : ambient == Ambient.Lengths ? ambient.Name
                        : $"pass.{Names.Pascal(ambient.Name)}",
                    value => step.BySample && value.Shape.Batched ? $"samples.Of({names[value]}, {value.Shape.Count})" : Place(value, program, names));
            }
            _writer.Close();
            _writer.Line();
        }

        static Ambient[] AmbientsOf(IReadOnlyList<LayerStep> steps) => [.. steps.SelectMany(step => step.Ambients).Distinct()];
    }

    private static string PlaceInArena(Node node, CompiledProgram program) => $"arena.Slice({program.Plan.Locations[node].Offset}, {node.Shape.Size})";

    /// <summary>Declares the values of some steps that lie in the arena.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="program">Their program.</param>
    /// <param name="names">Its names.</param>
    /// <param name="declaration">A declaration in which 0 stands for the name, 1 for the offset and 2 for the size.</param>
    private void DeclareValues(IReadOnlyList<LayerStep> steps, CompiledProgram program, Names names, System.Func<Node, string> declaration)
    {
        var declared = new HashSet<string>();
        foreach (Node value in steps.SelectMany(step => step.Values))
        {
            Location location = program.Plan.Locations[value];
            if (location.Region == Region.Carried && declared.Add(names[value]))
            {
                _writer.Line($"Span<float> {names[value]} = pass.Carried.Slice({location.Offset}, {location.Size});   // {value.Shape}, of the batch before");
            }
            else if (location.Region == Region.Arena && declared.Add(names[value]))
            {
                _writer.Line($"{string.Format(System.Globalization.CultureInfo.InvariantCulture, declaration(value), names[value], location.Offset, location.Size)}   // {value.Shape}");
            }
        }
        if (declared.Count > 0)
        {
            _writer.Line();
        }
    }

    private string Place(Node value, CompiledProgram program, Names names)
    {
        Location location = program.Plan.Locations[value];
        return location.Region switch
        {
            Region.Parameters => $"parameters.Slice({Constant(value)}, {location.Size})",
            Region.State => $"state.Slice({Constant(value)}, {location.Size})",
            Region.Gradients when program.UpdatesOnce => $"pass.Gradients.Slice({Gradient(location)}, {location.Size})",
            Region.Gradients => $"pass.Gradient({Gradient(location)}, {location.Size})",
            Region.Output => "output",
            Region.Stream => $"stream.Slice({location.Offset}, {location.Size})",
            _ => names[value],
        };
    }

    private string Constant(Node value) => value.Origin.Op switch
    {
        Parameter parameter => _constants[parameter.Name],
        // What it updates, it is.
        UpdateRunning => Constant(value.Origin.Operands[0]),
        Op state => _constants[((State)state).Name],
    };

    private string Gradient(Location location) => _constants[_parameters[location.Offset.Constant].Single().Name];
}
