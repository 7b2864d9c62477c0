namespace NetGen.Packages;

/// <summary>The packages of this repository, and what must be in each.</summary>
internal static class PackageTable
{
    private static readonly string[] Always = ["README.md", "icon.png"];

    /// <summary>The projects to pack.</summary>
    public static IEnumerable<string> Projects(string repository) =>
        new[] { "runtime/NetGen", "runtime/NetGen.Training", "generator/NetGen.Cli", "templates" }
            .Select(folder => Path.Combine(repository, folder));

    /// <summary>The packages that come of them.</summary>
    public static IEnumerable<ExpectedPackage> Packages(string version)
    {
        yield return new(
            $"NetGen.{version}.nupkg",
            [
                .. Always, "lib/net10.0/NetGen.dll", "lib/net10.0/NetGen.xml", "analyzers/dotnet/cs/NetGen.Generator.dll", "analyzers/dotnet/cs/NetGen.Compiler.dll",
                "analyzers/dotnet/cs/NetGen.CodeFixes.dll", "buildTransitive/NetGen.targets", "tools/NetGen.Build.dll", "tools/NetGen.Build.runtimeconfig.json", "tools/NetGen.Compiler.dll",
            ],
            Dependencies: []);
        yield return new($"NetGen.{version}.snupkg", ["lib/net10.0/NetGen.pdb"], Dependencies: []);
        yield return new(
            $"NetGen.Training.{version}.nupkg",
            [.. Always, "lib/net10.0/NetGen.Training.dll", "lib/net10.0/NetGen.Training.xml"],
            Dependencies: ["NetGen", "CsvHelper", "Microsoft.Extensions.Logging.Abstractions"]);
        yield return new($"NetGen.Training.{version}.snupkg", ["lib/net10.0/NetGen.Training.pdb"], Dependencies: []);
        yield return new($"NetGen.Cli.{version}.nupkg", [.. Always, "tools/net10.0/any/NetGen.Cli.dll", "tools/net10.0/any/DotnetToolSettings.xml"], Dependencies: []);
        yield return new(
            $"NetGen.Templates.{version}.nupkg",
            [.. Always, "content/console/.template.config/template.json", "content/console/NetGenApp.csproj", "content/embedded/NetGenApp.csproj", "content/embedded/xor.safetensors"],
            Dependencies: []);
    }
}
