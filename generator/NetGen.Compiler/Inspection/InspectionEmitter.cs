using NetGen.Compiler.Emit;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Inspection;

/// <summary>Prints the constant that tools read from an assembly without running it.</summary>
internal static class InspectionEmitter
{
    /// <summary>What the constant is called: that it stands in <c>NetGen.Generated</c> under this name is all that a reader needs to know.</summary>
    private const string Constant = "NetGenInspection";

    public static string Emit(NetworkSpec spec, string json)
    {
        var writer = new SourceWriter();
        NetworkEmitter.Header(writer, spec.Type);
        writer.Open("namespace NetGen.Generated");
        writer.Line($"/// <summary>What {spec.Type.Name} compiled to, as JSON, for tools that read the assembly.</summary>");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"NetGen\", \"{NetworkEmitter.Version}\")]");
        writer.Open($"file static class {spec.Type.Name.TrimStart('@')}Inspection");
        // In JSON a quote within a text is escaped, so no three stand in a row.
        writer.Line($"internal const string {Constant} = \"\"\"\n{json}\n\"\"\";");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
