using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.Logging;
using NetGen.Testing;
using NetGen.Training;

namespace NetGen.Generator.Tests;

/// <summary>
/// That every block of C# in the documentation compiles, without a warning. A block may use the types that blocks above it declare, and what the file of the page's name in <c>Pages</c>
/// states: types, and a class <c>Page</c> with the variables that the text mentions, or for one section a class of its name (<c>LongRunsSection</c> under "Long runs").
/// </summary>
/// <remarks>
/// Blocks marked <c>csharp generated</c> quote what the compiler writes for the samples. The pages of diagnostics have tests of their own, for half of their blocks must not compile.
/// </remarks>
public sealed partial class PageTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using NetGen;
        global using NetGen.Training;
        """;

    private static readonly MetadataReference[] References =
        [.. new[] { typeof(Dataset), typeof(ILogger) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))];

    public static TheoryData<string> Pages =>
        [.. LinkTests.AllPages.Where(page => !page.StartsWith("docs/diagnostics/", StringComparison.Ordinal) && BlocksOf(page, "csharp").Any())];

    public static TheoryData<string> QuotingPages => [.. LinkTests.AllPages.Where(page => BlocksOf(page, "csharp generated").Any())];

    /// <summary>The lines of each file that the compiler writes for the samples that pages quote, without empty ones.</summary>
    private static readonly Lazy<string[][]> Generated = new(() =>
    [
        .. GeneratorHarness.Run(new[] { "samples/FromScratch/Chapters", "samples/Xor" }
                .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs").Order(StringComparer.Ordinal)).Select(File.ReadAllText))
            .Sources.Values.Select(Lines),
    ]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_block_of_a_page_compiles(string page)
    {
        string surroundings = SurroundingsOf(page) is var path && File.Exists(path) ? File.ReadAllText(path) : "";
        List<string> sources = [Usings, surroundings.Contains("class Page", StringComparison.Ordinal) ? surroundings : $"{surroundings}\npublic class Page;"];
        List<WeightsFile> weights = [];
        List<string> above = [];
        foreach ((string section, string code) in BlocksOf(page, "csharp"))
        {
            CompilationUnitSyntax block = SyntaxFactory.ParseCompilationUnit(code, options: GeneratorHarness.ParseOptions);
            Assert.True(!block.ContainsDiagnostics, $"{page}: {string.Join('\n', block.GetDiagnostics())} in\n{code}");
            string name = $"Block{above.Count}";
            string statements = string.Concat(block.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString()));
            string declarations = string.Concat(block.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
            string around = Regex.IsMatch(surroundings, $@"\bclass {section}\b") ? section : "Page";
            sources.Add($$"""
                {{block.Usings.ToFullString()}}
                namespace {{name}}
                {
                    {{string.Concat(above.Select(earlier => $"using {earlier};\n"))}}
                    file sealed class Program : {{around}}
                    {
                        private void Main(string[] args)
                        {
                {{statements}}
                        }
                    }
                {{declarations}}
                }
                """);
            above.Add(name);
            weights.AddRange(WeightsFile.OfExample(declarations).Where(file => weights.All(other => other.Name != file.Name)));
        }

        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(sources).AddReferences(References), weights);
        Diagnostic[] found = [.. run.CompilerDiagnostics(), .. await run.AnalyzeAsync(TestContext.Current.CancellationToken)];
        string[] wrong = [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => $"{diagnostic.GetMessage()} in '{LineOf(diagnostic)}'")];
        Assert.True(wrong.Length == 0, $"{page}:\n{string.Join('\n', wrong)}");
    }

    [Theory]
    [MemberData(nameof(QuotingPages))]
    public void Code_that_a_page_quotes_as_generated_is_in_a_generated_file(string page) =>
        Assert.All(
            // Empty lines and dots stand where a page leaves something out.
            BlocksOf(page, "csharp generated").SelectMany(block => LeftOut().Split(block.Code)).Select(Lines).Where(lines => lines.Length > 0),
            quoted => Assert.True(Generated.Value.Any(file => Contains(file, quoted)), $"no generated file has\n{string.Join('\n', quoted)}"));

    [Fact]
    public void Every_block_of_CSharp_is_written_or_generated() =>
        Assert.All(LinkTests.AllPages, page => Assert.All(
            Fence().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(fence => fence.Groups["language"].Value.TrimEnd()),
            language => Assert.True(language is "csharp" or "csharp generated", $"{page} has a block of '{language}'")));

    [Fact]
    public void Every_file_of_surroundings_has_its_page()
    {
        string folder = Path.Combine(Repository.Root, "tests/NetGen.Generator.Tests/Pages");
        Assert.Equal(
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Pages.Select(page => Path.GetFileName(SurroundingsOf(page.Data))).Where(name => File.Exists(Path.Combine(folder, name))).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether the lines stand in a file, one after the other; a page may add a remark behind a line, three spaces apart.</summary>
    private static bool Contains(string[] file, string[] quoted) =>
        Enumerable.Range(0, Math.Max(0, file.Length - quoted.Length + 1)).Any(start => quoted.Zip(file.AsSpan(start).ToArray()).All(pair =>
            pair.First == pair.Second || pair.First.StartsWith($"{pair.Second}   ", StringComparison.Ordinal)));

    /// <summary>Lines without indentation, and without the rules behind headings, which are longer than a page is wide.</summary>
    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('─'))];

    /// <summary><c>docs/training.md</c> has <c>docs.training.cs</c>.</summary>
    private static string SurroundingsOf(string page) =>
        Path.Combine(Repository.Root, "tests/NetGen.Generator.Tests/Pages", Path.ChangeExtension(page.Replace('/', '.'), "cs"));

    private static string LineOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString().Trim() ?? "";

    /// <summary>The blocks of C# that users would write, and the sections that they stand in.</summary>
    internal static IEnumerable<(string Section, string Code)> BlocksOf(string page, string language)
    {
        string section = "";
        foreach (Match match in HeadingOrBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n")))
        {
            if (match.Groups["heading"] is { Success: true } heading)
                section = string.Concat(Word().Matches(heading.Value).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..])) + "Section";
            else if (match.Groups["language"].Value == language)
                yield return (section, match.Groups["code"].Value);
        }
    }

    [GeneratedRegex(@"^\s*(?:\.\.\.)?\s*$", RegexOptions.Multiline)]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"^ *```(?<language>(csharp|cs|c#|C#).*)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("^(#+ (?<heading>.*)|```(?<language>.*)\n(?<code>(.*\n)*?)```)$", RegexOptions.Multiline)]
    private static partial Regex HeadingOrBlock();
}
