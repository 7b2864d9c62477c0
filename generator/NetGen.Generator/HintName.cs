using System.Linq;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>The name of a network's generated file: its full metadata name, such as <c>Vision.Models.DigitNet.g.cs</c>.</summary>
internal static class HintName
{
    public static string Of(TypeSpec type)
    {
        // A container reads "partial class Outer" and is never generic: its name is the last word.
        string[] containers = [.. type.Containers.Select(container => container.Substring(container.LastIndexOf(' ') + 1))];
        string[] ns = type.Namespace is null ? [] : [type.Namespace];

        // '@' escapes a keyword in source; a file name may not hold it.
        return string.Join(".", [.. ns, .. containers, type.Name, "g.cs"]).Replace("@", "");
    }
}
