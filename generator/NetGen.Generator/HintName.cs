using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>The name of a network's generated file: its full metadata name, such as <c>Vision.Models.DigitNet.g.cs</c>.</summary>
internal static class HintName
{
    public static string Of(TypeSpec type) => Of(type, "g.cs");

    /// <summary>The name of the file that holds what a network compiled to.</summary>
    public static string OfInspection(TypeSpec type) => Of(type, "inspection.g.cs");

    private static string Of(TypeSpec type, string extension)
    {
        // Roslyn refuses two files whose names differ in case only. Names as C# writes them do not; others are told apart by a hash.
        string name = type.FullName;
        return name.Split('.').All(part => !char.IsLower(part[0])) ? $"{name}.{extension}" : $"{name}.{HashOf(name):x8}.{extension}";
    }

    /// <summary>Whether a file is one that NetGen generated: Roslyn puts such files into a folder called after the generator.</summary>
    public static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains(typeof(NetworkGenerator).FullName);

    /// <summary>FNV-1a: the same on every machine and at every run.</summary>
    private static uint HashOf(string text) => text.Aggregate(2166136261, (hash, c) => unchecked((hash ^ c) * 16777619));
}
