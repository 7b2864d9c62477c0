using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>NewState and Step.</content>
internal sealed partial class ApiEmitter
{
    private const string Stream = "global::NetGen.StreamState";

    private void EmitStep(CompiledStream step)
    {
        bool readsIds = network.Inputs[0].IsIndex;
        Constant("Floats that one step of a stream takes.", $"StepInputSize = {step.Input}");
        Constant("Floats that one step of a stream gives.", $"StepOutputSize = {step.Output}");
        writer.Line("int global::NetGen.IStreaming.StepInputSize => StepInputSize;\n");
        writer.Line("int global::NetGen.IStreaming.StepOutputSize => StepOutputSize;\n");
        Inherited($"public {Stream} NewState() => {Services}.Streaming.Create(Info, {program}.StreamSize, {program}.StepWorkspaceSize);\n");
        Inherited($"{RealTime}public void Step({Floats} input, {Stream} state, {Result} output)");
        string ids = readsIds ? $"\n{Services}.Streaming.CheckId(input[0], {network.Inputs[0].Vocabulary});" : "";
        Body($"""
            {Services}.Streaming.Check(input, StepInputSize, state, output, StepOutputSize, Info, {program}.StepLimit);{ids}
            NetgenStep(input, state, output);
            """);
        if (readsIds)
        {
            writer.Line("""
                /// <inheritdoc cref="global::NetGen.IStreaming.Step"/>
                /// <param name="id">This step.</param>
                /// <param name="state">The stream, from <see cref="NewState"/>; it moves on by one step.</param>
                /// <param name="output"><c>[StepOutputSize]</c>.</param>
                """);
            Member(null, $"{RealTime}public void Step(int id, {Stream} state, {Result} output)");
            Body($"""
                {Services}.Streaming.CheckId(id, {network.Inputs[0].Vocabulary}, state, output, StepOutputSize, Info, {program}.StepLimit);
                float input = id;
                NetgenStep(new {Floats}(in input), state, output);
                """);
        }
        writer.Line($"private void NetgenStep({Floats} input, {Stream} state, {Result} output)");
        Body($"""
            using {Services}.ScratchLoan loan = {Services}.Streaming.Scratch(state);
            {program}.Step(state.Steps, Parameters, {StateBuffer}, input, {Services}.Streaming.Values(state), output, {Services}.Streaming.Workspace(state));{ToProbabilities}
            {Services}.Streaming.Advance(state);
            """);
    }
}
