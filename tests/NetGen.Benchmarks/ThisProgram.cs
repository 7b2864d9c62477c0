using System.Reflection;

namespace NetGen.Benchmarks;

/// <summary>How this program starts itself.</summary>
internal static class ThisProgram
{
    /// <summary>The program, and its assembly where the program is <c>dotnet</c>.</summary>
    public static string[] Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, Assembly.GetExecutingAssembly().Location]
        : [Environment.ProcessPath!];
}
