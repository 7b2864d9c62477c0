using Microsoft.CodeAnalysis;
using NetGen.Compiler.Issues;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That every diagnostic is documented, tracked and unique.</summary>
public sealed class DescriptorTests
{
    public static TheoryData<string> Ids => [.. IssueDescriptors.All.Select(issue => issue.Id)];

    [Fact]
    public void Every_descriptor_is_listed_once_and_its_id_is_unique()
    {
        IssueDescriptor[] declared = [.. typeof(IssueDescriptors).GetFields().Select(field => field.GetValue(null)).OfType<IssueDescriptor>()];

        Assert.Equal(declared, IssueDescriptors.All);
        Assert.Equal(declared.Length, declared.DistinctBy(issue => issue.Id).Count());
        Assert.Equal(declared.Select(issue => issue.Id), new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_descriptor_has_a_page_with_a_bad_and_a_fixed_example(string id)
    {
        DiagnosticDescriptor descriptor = new NetworkAnalyzer().SupportedDiagnostics.Single(candidate => candidate.Id == id);
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", $"{id}.md"));

        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.All(["## Cause", "## Example", "## Fix"], heading => Assert.Contains($"\n{heading}\n", page, StringComparison.Ordinal));
        Assert.Contains($"({id}.md)", File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Release_files_have_one_row_for_each_descriptor()
    {
        IEnumerable<string> rows = new[] { "Shipped", "Unshipped" }
            .SelectMany(state => File.ReadLines(Path.Combine(Repository.Root, "generator", "NetGen.Generator", $"AnalyzerReleases.{state}.md")))
            .Where(line => line.StartsWith("NETG", StringComparison.Ordinal));

        Assert.Equal(IssueDescriptors.All.Select(issue => $"{issue.Id} | NetGen | {issue.Severity} | {issue.Title}"), rows.Order(StringComparer.Ordinal));
    }
}
