using System.Linq;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <content>Weights that lie in the assembly.</content>
internal sealed partial class ApiEmitter
{
    private void EmitLoadWeights(BoundWeights bound)
    {
        WeightsManifest file = bound.File;
        string open = $"{Services}.EmbeddedWeights.Open(typeof({Name}).Assembly, {Literal.Of(file.File)}, length: {Literal.Of(file.Length)}, " +
            $"headerLength: {file.HeaderLength}, headerHash: 0x{file.HeaderHash})";
        string[] copies = [.. bound.Tensors.Select(tensor =>
        {
            (string table, string buffer) = tensor.IsState ? ("State", "state") : ("Parameters", "parameters");
            string type = $"global::NetGen.SafetensorsType.{tensor.Source.Type}";
            return $"{Services}.EmbeddedWeights.Copy(file, {tensor.Source.Begin}, {type}, Info.{table}[{tensor.Index}], {buffer});   // {tensor.Source.Name}";
        })];
        writer.Line($"// {file.File.Replace('\n', ' ')}: {Literal.Grouped(file.Length)} bytes, SHA-256 {file.Hash}.");
        writer.Line($"private static void NetgenLoadWeights({Result} parameters, {Result} state)");
        Body($"global::System.ReadOnlySpan<byte> file = {open};\n{string.Join("\n", copies)}");
    }
}
