using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>An element as the user wrote it.</summary>
internal static class LayerDescription
{
    private static readonly HashSet<string> Wiring = ["name", "from", "share"];

    /// <summary>What of an element gives its parameters their meaning: two spellings of one layer are the same.</summary>
    public static string IdentityOf(ElementSpec element, LayerKind kind)
    {
        IEnumerable<ArgumentSpec> arguments = element.Arguments
            .Where(argument => argument.Name != "name" && !kind.TrainingOnly.Contains(argument.Name) && !kind.Defaults.Contains(argument))
            .OrderBy(argument => argument.Name, System.StringComparer.Ordinal);
        return $"{element.Kind}{FunctionOf(element)}({string.Join(", ", arguments.Select(argument => $"{argument.Name}={Text(argument)}"))})";
    }

    /// <param name="element">The element.</param>
    /// <param name="positional">Arguments that are written without their names.</param>
    public static string Of(ElementSpec element, IReadOnlyList<string> positional)
    {
        string blocks = element.Blocks.Count == 0 ? FunctionOf(element) : $"<{string.Join(", ", element.Blocks.Select(block => block.Name))}>";
        IEnumerable<string> arguments = element.Arguments
            .Where(argument => !Wiring.Contains(argument.Name) && argument.Values.Count > 0)
            .Select(argument => positional.Contains(argument.Name) ? Text(argument) : $"{char.ToUpperInvariant(argument.Name[0])}{argument.Name.Substring(1)} = {Text(argument)}");
        string list = string.Join(", ", arguments);
        return list.Length == 0 ? element.Kind + blocks : $"{element.Kind}{blocks}({list})";
    }

    private static string FunctionOf(ElementSpec element) => element.Function is { } function ? $"<{function.Name}>" : "";

    private static string Text(ArgumentSpec argument) => string.Join(", ", argument.Values.Select(value => value switch
    {
        float number => Literal.Plain(number),
        int number => Literal.Of(number),
        bool flag => Literal.Of(flag),
        _ => value.ToString(),
    }));
}
