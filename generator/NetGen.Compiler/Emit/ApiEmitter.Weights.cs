using System.Linq;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <content>Weights that lie in the assembly.</content>
internal sealed partial class ApiEmitter
{
    /// <summary>The call that finds the file in the assembly.</summary>
    private string Open(WeightsManifest file) =>
        $"{Services}.EmbeddedWeights.Open(typeof({Name}).Assembly, {Literal.Of(file.File)}, length: {Literal.Of(file.Length)}, " +
        $"headerLength: {file.HeaderLength}, headerHash: 0x{file.HeaderHash})";

    private void EmitLoadWeights(BoundWeights bound)
    {
        string[] copies = [.. bound.Tensors.Select(tensor =>
        {
            (string table, string buffer) = tensor.IsState ? ("State", "state") : ("Parameters", "parameters");
            TensorSpec spec = (tensor.IsState ? trained.State : trained.Parameters)[tensor.Index];
            string info = IsInference ? $"new({Tensor(spec)})" : $"Info.{table}[{tensor.Index}]";
            string values = literals is null ? $"file, {tensor.Source.Begin}, global::NetGen.SafetensorsType.{tensor.Source.Type}" : $"{program}.{literals[tensor]}";
            return $"{Services}.EmbeddedWeights.Copy({values}, {info}, {buffer});   // {spec.Name}";
        })];
        DescribeFile(bound.File);
        writer.Line($"private static void NetgenLoadWeights({Result} parameters, {Result} state)");
        Body((literals is null ? $"global::System.ReadOnlySpan<byte> file = {Open(bound.File)};\n" : "") + string.Join("\n", copies));
    }

    private void DescribeFile(WeightsManifest file) =>
        writer.Line($"// {string.Concat(file.File.Select(c => c < ' ' ? ' ' : c))}: {Literal.Grouped(file.Length)} bytes, SHA-256 {file.Hash}.");

    /// <summary>Parameters that are fixed: all instances read the same.</summary>
    private void EmitFixedMemory()
    {
        BoundWeights bound = weights!;
        writer.Line($"private readonly {Services}.FixedParameters _netgenParameters;\n");
        if (bound.Frozen is { } frozen)
        {
            writer.Line($"/// <summary>Creates the network with the weights of <c>{Xml(bound.File.File)}</c>, which it reads where they lie in the assembly.</summary>");
            DescribeFile(bound.File);
            Member(null, $"public {Name}() => _netgenParameters =\n    new({Open(bound.File)}.Slice({frozen.Begin}, {Literal.Of(4L * programs.Plan.Length)}));\n");
        }
        else
        {
            writer.Line($"private static {Services}.FixedParameters? _netgenShared;\n");
            writer.Line($"/// <summary>Creates the network with the weights of <c>{Xml(bound.File.File)}</c>, which the first instance of a process folds and the others share.</summary>");
            Member(null, $"public {Name}() => _netgenParameters = {Services}.FixedParameters.Shared(ref _netgenShared, {Literal.Of(programs.Plan.Length)}, NetgenFold);\n");
            writer.Line($"private static void NetgenFold({Result} frozen)");
            Body($"""
                {Services}.AlignedBuffer parameters = new({EndOf(trained.Parameters)});
                {Services}.AlignedBuffer state = new({EndOf(trained.State)});
                NetgenLoadWeights(parameters.Span, state.Span);
                {program}.Fold(parameters.Span, state.Span, frozen);
                """);
            EmitLoadWeights(bound);
        }
        if (spec.Type.Record is { } record)
        {
            RecordEmitter.EmitPrint(writer, record, ["ParameterCount"], Generated);
        }
        Member(
            "All numbers that it computes with, laid out as <see cref=\"global::NetGen.NetworkInfo.Parameters\"/> says.",
            $"public {Floats} Parameters => _netgenParameters.Span;\n");
    }

    private void EmitVerify(BoundWeights bound)
    {
        writer.Line("/// <summary>Replays the samples that the file of the weights was saved with, and compares the outputs: for a test.</summary>");
        writer.Line("/// <returns>The largest difference.</returns>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The file holds no samples.</exception>");
        string call = bound.Golden is { } golden
            ? $"Verify(new {Name}(), {Open(bound.File)}, inputs: {golden.Inputs}, outputs: {golden.Outputs}, samples: {Literal.Of(golden.Samples)})"
            : $"NothingToVerify({Literal.Of(bound.File.File)})";
        Member(null, $"public static global::NetGen.GoldenReport VerifyEmbedded() => {Services}.EmbeddedWeights.{call};\n");
    }

    private void EmitFreeze()
    {
        writer.Line($"global::NetGen.FrozenForm global::NetGen.IFreezable.FrozenForm => new({Literal.Of(programs.Plan.Hash)}, {Literal.Of(programs.Plan.Length)});\n");
        string freeze = IsInference ? "Parameters.CopyTo(destination)" : $"{program}.Fold(Parameters, State, destination)";
        writer.Line($"void global::NetGen.IFreezable.Freeze({Result} destination) => {freeze};\n");
    }
}
