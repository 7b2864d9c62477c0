using System.Xml.Linq;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That dependencies point one way, as docs/architecture.md draws them: what a project may reference, projects of this repository and packages alike.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // A pure function from a specification to text: it knows neither Roslyn nor the runtime that the text calls.
        ["NetGen.Compiler"] = [],
        ["NetGen.Generator"] = ["NetGen.Compiler", "Microsoft.CodeAnalysis.CSharp"],
        ["NetGen.CodeFixes"] = ["NetGen.Compiler", "Microsoft.CodeAnalysis.CSharp.Workspaces"],
        ["NetGen.Build"] = ["NetGen.Compiler"],
        // The runtime carries the generator in its package and references nothing.
        ["NetGen"] = [],
        ["NetGen.Training"] = ["NetGen", "CsvHelper", "Microsoft.Extensions.Logging.Abstractions"],
        // Reads assemblies as data; of the runtime it uses the reader of weights.
        ["NetGen.Cli"] = ["NetGen", "Spectre.Console", "System.CommandLine"],
    };

    public static TheoryData<string> Projects =>
        [.. new[] { "generator", "runtime" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_architecture_lets_it_know(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} is new: say here and in docs/architecture.md what it may know");
        IEnumerable<string> references = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Where(element => (string?)element.Attribute("ReferenceOutputAssembly") != "false" && element.Attribute("Include") is not null)
            .Select(element => element.Attribute("Include")!.Value)
            .Select(reference => reference.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(reference.Split('/', '\\')[^1]) : reference)
            .Where(reference => reference != "Microsoft.CodeAnalysis.Analyzers");   // rules for those who write analyzers; runtime/Directory.Build.props has another package of rules
        Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }
}
