using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Emit;

/// <content>Predict and PredictLogits.</content>
internal sealed partial class ApiEmitter
{
    /// <summary>The call that predicts.</summary>
    private string Run(string samples, string input, string memory)
    {
        string buffers = string.Concat(arithmetic.UnrolledBuffers.Select(buffer => buffer == "parameters" ? "Parameters, " : "State, "));
        return arithmetic.PredictsInBlocks
            ? $"{program}.PredictInBlocks({samples}, Parameters, State, {input}, output, {memory});"
            : $"{program}.Predict({samples}, {buffers}{input}, output);";
    }

    private void EmitPredict()
    {
        Inherited($"public void Predict({Floats} input, {Result} output)");
        Body($"PredictLogits(input, output);{ToProbabilities}");
        Inherited($"public void Predict({Floats} input, {Result} output, global::NetGen.Workspace workspace)");
        Body($"PredictLogits(input, output, workspace);{ToProbabilities}");
        Inherited($"public void PredictLogits({Floats} input, {Result} output)");
        string samples = $"int samples = {Services}.Guard.Samples(input, output, InputSize, OutputSize, Info);";
        bool usesWorkspace = programs.Prediction.Plan.ArenaSize != default;
        string memory = usesWorkspace ? $"\n{Result} memory = {Services}.ThreadWorkspace.Get({program}.WorkspaceFor(samples));" : "";
        Body($$"""
            {{samples}}
            if (samples > 1 && NetgenPredictOnThreads(samples, input, output))
            {
                return;
            }{{memory}}
            {{Run("samples", "input", usesWorkspace ? "memory" : "default")}}
            """);
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]");
        Member(null, $"private bool NetgenPredictOnThreads(int samples, {Floats} input, {Result} output)");
        Body($$"""
            int workers = {{Services}}.WorkSharing.Workers(samples, {{program}}.PredictFlopsPerSample);
            if (workers == 1)
            {
                return false;
            }
            {{Services}}.PredictionPass pass = new() { Samples = samples, Parameters = Parameters, State = State, Input = input, Output = output };
            {{Services}}.WorkerPool.Run(workers, {{program}}.PredictPart, pass);
            return true;
            """);
        Inherited($"public void PredictLogits({Floats} input, {Result} output, global::NetGen.Workspace workspace)");
        Body($"""
            {samples}
            {Result} memory = {Services}.Guard.Workspace(workspace, WorkspaceSize);
            {Run("samples", "input", "memory")}
            """);
    }

    private void EmitPredictFromParts()
    {
        IReadOnlyList<string> names = InputParameters.Of([.. network.Inputs.Select(input => input.Name)]);
        string parameters = string.Concat(names.Select(name => $"{Floats} {name}, "));
        string arguments = string.Concat(names.Select(name => $"{name}, "));
        Overload("", "", $"{Services}.ThreadWorkspace.Get(WorkspaceSize)");
        Overload(
            "/// <param name=\"workspace\">At least <see cref=\"WorkspaceSize\"/> floats.</param>\n",
            ", global::NetGen.Workspace workspace",
            $"{Services}.Guard.Workspace(workspace, WorkspaceSize)");
        IEnumerable<string> copies = network.Inputs.Select((input, index) =>
            $"{Services}.Guard.Part({names[index]}, {input.Shape.Count}, nameof({names[index]}));\n{names[index]}.CopyTo(memory.Slice({input.Start}));");
        writer.Line($"private void NetgenPredict({parameters}{Result} output, {Result} memory)");
        Body($"""
            {string.Join("\n", copies)}
            {Floats} row = memory.Slice(0, InputSize);
            {Run($"{Services}.Guard.Samples(row, output, Info)", "row", "memory.Slice(InputSize)")}{ToProbabilities}
            """);

        void Overload(string documentation, string workspace, string memory)
        {
            writer.Line("/// <summary>Computes the output of one sample whose inputs lie apart in memory.</summary>");
            foreach ((string name, InputSpec input) in names.Zip(network.Inputs, (name, input) => (name, input)))
            {
                writer.Line($"/// <param name=\"{name.TrimStart('@')}\"><c>{input.Shape.Describe()}</c>.</param>");
            }
            writer.Line($"/// <param name=\"output\"><c>[OutputSize]</c>.</param>\n" +
                $"{documentation}/// <exception cref=\"global::System.ArgumentException\">A length does not match.</exception>");
            Member(null, $"public void Predict({parameters}{Result} output{workspace}) =>\n    NetgenPredict({arguments}output, {memory});\n");
        }
    }
}
