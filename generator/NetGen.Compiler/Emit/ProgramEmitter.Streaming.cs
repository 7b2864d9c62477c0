using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>One step of a stream.</content>
internal sealed partial class ProgramEmitter
{
    private void EmitStep(CompiledStream stream, IReadOnlyList<LayerStep> steps, Names names)
    {
        CompiledProgram program = stream.Program;
        string limit = stream.Form.Limit is { } most ? $"; at most {most} steps, those that the network knows positions of" : "";
        Heading("Step", $"One step of a stream, which remembers {stream.Form.Floats} floats{limit}. Workspace: {stream.Workspace} floats");
        _writer.Line($"internal const int StreamSize = {stream.Form.Floats};");
        _writer.Line($"internal const int StepWorkspaceSize = {stream.Workspace};");
        _writer.Line($"internal const long StepLimit = {(stream.Form.Limit is { } count ? Literal.Of(count) : "long.MaxValue")};");
        _writer.Line();
        string input = names[program.Graph.Nodes.Single(node => node.Op is Input)];
        _writer.OpenMethod(
            "internal static void Step",
            ["long position", "ReadOnlySpan<float> parameters", "ReadOnlySpan<float> state", $"ReadOnlySpan<float> {input}",
                "Span<float> stream", "Span<float> output", "Span<float> workspace"]);
        if (steps.Any(step => step.UsesBatch) || steps.SelectMany(step => step.Values).Any(value => program.Plan.Locations[value] is { Region: Region.Arena, Size.PerSample: > 0 }))
        {
            _writer.Line("const int batch = 1;");
        }
        DeclareValues(steps, program, names, _ => "Span<float> {0} = workspace.Slice({1}, {2});");
        foreach (LayerStep step in steps)
        {
            step.WriteCall(_writer, "batch", ambient => ambient.Name, value => Place(value, program, names));
        }
        _writer.Close();
        _writer.Line();
    }
}
