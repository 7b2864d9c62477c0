using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Prints what a network that is a record needs beyond a class. What the C# compiler would write shares the buffers of the original, and prints them.
/// </summary>
internal static class RecordEmitter
{
    /// <summary>Prints the copy constructor, which <c>with</c> calls.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The record.</param>
    /// <param name="record">How it was declared.</param>
    /// <param name="memory">The fields that hold memory of the network's own, with what creates them: no initializer runs in a copy constructor.</param>
    /// <param name="values">The fields that are copied.</param>
    /// <param name="generated">The attribute of generated members.</param>
    public static void EmitCopy(
        SourceWriter writer, TypeSpec type, RecordSpec record, IEnumerable<(string Field, string Creation)> memory, IEnumerable<string> values, string generated)
    {
        writer.Line("/// <summary>Creates an independent copy: parameters, state, step and seed in memory of its own, without gradients and what Forward kept.</summary>");
        writer.Line(generated);
        writer.Open($"{(record.IsSealed ? "private" : "protected")} {type.Name}({type.Name} original){(record.IsDerived ? " : base(original)" : "")}");
        foreach ((string field, string creation) in memory)
        {
            writer.Line($"{field} = {creation};");
        }
        writer.Line("original.Parameters.CopyTo(Parameters);\noriginal.State.CopyTo(State);");
        foreach (string value in values.Concat(record.Members))
        {
            writer.Line($"this.{value} = original.{value};");
        }
        writer.Close();
        writer.Line();
    }

    /// <summary>Prints what <c>ToString</c> shows.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="record">How the record was declared.</param>
    /// <param name="members">What it shows.</param>
    /// <param name="generated">The attribute of generated members.</param>
    public static void EmitPrint(SourceWriter writer, RecordSpec record, IReadOnlyList<string> members, string generated)
    {
        writer.Line("/// <summary>What <c>ToString</c> shows.</summary>");
        writer.Line(generated);
        string modifiers = record.IsDerived ? "protected override" : record.IsSealed ? "private" : "protected virtual";
        writer.Open($"{modifiers} bool PrintMembers(global::System.Text.StringBuilder builder)");
        if (record.IsDerived)
        {
            writer.Line("if (base.PrintMembers(builder))\n{\n    builder.Append(\", \");\n}");
        }
        string shown = string.Join(".Append(\", ", members.Select(member => $"{member} = \").Append({member})"));
        writer.Line($"builder.Append(\"{shown};\nreturn true;");
        writer.Close();
        writer.Line();
    }
}
