using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Emit;

/// <content>Predict and PredictLogits.</content>
internal sealed partial class ApiEmitter
{
    private const string Lengths = "global::System.ReadOnlySpan<int>";

    /// <summary>The argument that hands the lengths of sequences on, where layers have use for them.</summary>
    private string LengthsArgument => network.TakesLengths ? ", lengths" : "";

    /// <summary>The line that lets kernels pack operands into memory of the workspace; empty where all is straight-line code, which packs nothing.</summary>
    private string LendsScratch => arithmetic.PredictsInBlocks ? $"using {Services}.ScratchLoan loan = new(workspace);\n" : "";

    private string LengthsParameter => network.TakesLengths ? $", {Lengths} lengths" : "";

    /// <summary>The call that predicts.</summary>
    private string Run(string samples, string input, string memory, string lengths)
    {
        string buffers = string.Concat(arithmetic.UnrolledBuffers.Select(buffer => buffer == "parameters" ? "Parameters, " : "State, "));
        return arithmetic.PredictsInBlocks
            ? $"{program}.PredictInBlocks({samples}, Parameters, {StateBuffer}, {input}{lengths}, output, {memory});"
            : $"{program}.Predict({samples}, {buffers}{input}, output);";
    }

    private void EmitPredict()
    {
        if (network.TakesLengths)
        {
            EmitPredictOfFullLength();
        }
        Prediction("Predict", "");
        Body($"PredictLogits(input, output{LengthsArgument});{ToProbabilities}");
        Prediction("Predict", ", global::NetGen.Workspace workspace");
        Body($"PredictLogits(input, output{LengthsArgument}, workspace);{ToProbabilities}");
        Prediction("PredictLogits", "");
        string ids = network.Inputs.Any(input => input.IsIndex) ? $"\n{Services}.Guard.Ids(input, samples, Info);" : "";
        string lengths = network.TakesLengths ? $"\n{Services}.Guard.Lengths(lengths, samples, Info);" : "";
        string samples = $"int samples = {Services}.Guard.Samples(input, output, InputSize, OutputSize, Info);{ids}{lengths}";
        bool usesWorkspace = programs.Prediction.Plan.ArenaSize != default;
        string memory = usesWorkspace ? $"\n{Result} memory = {Services}.ThreadWorkspace.Get({program}.WorkspaceFor(samples));" : "";
        Body($$"""
            {{samples}}
            if (samples > 1 && NetgenPredictOnThreads(samples, input, output{{LengthsArgument}}))
            {
                return;
            }{{memory}}
            {{Run("samples", "input", usesWorkspace ? "memory" : "default", LengthsArgument)}}
            """);
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]");
        Member(null, $"private bool NetgenPredictOnThreads(int samples, {Floats} input, {Result} output{LengthsParameter})");
        string passed = network.TakesLengths ? "Lengths = lengths, " : "";
        Body($$"""
            int workers = {{Services}}.WorkSharing.Workers(samples, {{program}}.PredictFlopsPerSample);
            if (workers == 1)
            {
                return false;
            }
            {{Services}}.PredictionPass pass = new() { Samples = samples, Parameters = Parameters, State = {{StateBuffer}}, Input = input, {{passed}}Output = output };
            {{Services}}.WorkerPool.Run(workers, {{program}}.PredictPart, pass);
            return true;
            """);
        Prediction("PredictLogits", ", global::NetGen.Workspace workspace");
        Body($"""
            {samples}
            {Result} memory = {Services}.Guard.Workspace(workspace, WorkspaceSize);
            {LendsScratch}{Run("samples", "input", "memory", LengthsArgument)}
            """);
    }

    /// <summary>The members of the interface, which know of no lengths.</summary>
    private void EmitPredictOfFullLength()
    {
        foreach (string method in new[] { "Predict", "PredictLogits" })
        {
            Inherited($"public void {method}({Floats} input, {Result} output) => {method}(input, output, {Lengths}.Empty);\n");
            Inherited($"{RealTime}public void {method}({Floats} input, {Result} output, global::NetGen.Workspace workspace) => {method}(input, output, {Lengths}.Empty, workspace);\n");
        }
    }

    /// <summary>Declares a method that predicts: the interface's, or one that takes the lengths of sequences besides.</summary>
    private void Prediction(string method, string workspace)
    {
        string contract = workspace.Length > 0 ? RealTime : "";
        if (!network.TakesLengths)
        {
            Inherited($"{contract}public void {method}({Floats} input, {Result} output{workspace})");
            return;
        }
        string documented = workspace.Length == 0 ? $"{method}(global::System.ReadOnlySpan{{float}}, global::System.Span{{float}})"
            : $"{method}(global::System.ReadOnlySpan{{float}}, global::System.Span{{float}}, global::NetGen.Workspace)";
        writer.Line($"/// <inheritdoc cref=\"global::NetGen.IPredictor.{documented}\"/>");
        writer.Line("/// <param name=\"input\"><c>[n, InputSize]</c>, one row a sample.</param>");
        writer.Line("/// <param name=\"output\"><c>[n, OutputSize]</c>.</param>");
        writer.Line($"/// <param name=\"lengths\"><c>[n]</c>: how many of the {network.SequenceLength} steps of each sequence are real; empty where all are.</param>");
        if (workspace.Length > 0)
        {
            writer.Line("/// <param name=\"workspace\">At least <see cref=\"WorkspaceSize\"/> floats.</param>");
        }
        Member(null, $"{contract}public void {method}({Floats} input, {Result} output, {Lengths} lengths{workspace})");
    }

    private void EmitPredictFromParts()
    {
        IReadOnlyList<string> names = InputParameters.Of([.. network.Inputs.Select(input => input.Name)]);
        string parameters = string.Concat(names.Zip(network.Inputs, (name, input) => $"{(input.IsIndex ? Lengths : Floats)} {name}, "));
        string arguments = string.Concat(names.Select(name => $"{name}, "));
        Overload("", "", "", $"{Services}.ThreadWorkspace.Get(WorkspaceSize)", "");
        Overload(
            "/// <param name=\"workspace\">At least <see cref=\"WorkspaceSize\"/> floats.</param>\n",
            RealTime,
            ", global::NetGen.Workspace workspace",
            $"{Services}.Guard.Workspace(workspace, WorkspaceSize)",
            LendsScratch);
        IEnumerable<string> copies = network.Inputs.Select((input, index) => input.IsIndex
            ? $"{Services}.Guard.CopyIds({names[index]}, {input.Shape.Count}, nameof({names[index]}), memory.Slice({input.Start}));"
            : $"{Services}.Guard.Part({names[index]}, {input.Shape.Count}, nameof({names[index]}));\n{names[index]}.CopyTo(memory.Slice({input.Start}));");
        string ids = network.Inputs.Any(input => input.IsIndex) ? $"\n{Services}.Guard.Ids(row, samples, Info);" : "";
        writer.Line($"private void NetgenPredict({parameters}{Result} output, {Result} memory)");
        Body($"""
            {string.Join("\n", copies)}
            {Floats} row = memory.Slice(0, InputSize);
            int samples = {Services}.Guard.Samples(row, output, Info);{ids}
            {Run("samples", "row", "memory.Slice(InputSize)", network.TakesLengths ? ", default" : "")}{ToProbabilities}
            """);

        void Overload(string documentation, string contract, string workspace, string memory, string lends)
        {
            writer.Line("/// <summary>Computes the output of one sample whose inputs lie apart in memory.</summary>");
            foreach ((string name, InputSpec input) in names.Zip(network.Inputs, (name, input) => (name, input)))
            {
                writer.Line($"/// <param name=\"{name.TrimStart('@')}\"><c>{input.Shape.Describe()}</c>.</param>");
            }
            writer.Line($"/// <param name=\"output\"><c>[OutputSize]</c>.</param>\n" +
                $"{documentation}/// <exception cref=\"global::System.ArgumentException\">A length does not match.</exception>");
            Member(null, $"{contract}public void Predict({parameters}{Result} output{workspace})");
            Body($"{Result} memory = {memory};\n{lends}NetgenPredict({arguments}output, memory);");
        }
    }
}
