using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That what the documentation points to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. AllPages];

    /// <summary>Every page of the repository, by its path from the root.</summary>
    internal static IEnumerable<string> AllPages =>
        Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Where(path => !BuildOutput().IsMatch(path))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));

    private static readonly string[] Folders = ["docs", "generator", "packaging", "runtime", "samples", "tests"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_and_headings_that_a_page_links_to_exist(string page)
    {
        string path = Path.Combine(Repository.Root, page);
        foreach (Match link in Link().Matches(OutsideCode(File.ReadAllText(path))))
        {
            string file = link.Groups["file"].Value, heading = link.Groups["heading"].Value;
            string target = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {file}, which does not exist");
            if (heading.Length > 0)
                Assert.True(HeadingsOf(target).Contains(heading), $"{page} links to #{heading}, but {Path.GetFileName(target)} has no such heading");
        }
    }

    [Fact]
    public void Every_page_of_the_documentation_can_be_reached_from_the_README()
    {
        HashSet<string> reached = [];
        Reach(Path.Combine(Repository.Root, "README.md"), reached);
        Assert.All(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories), page => Assert.Contains(page, reached));
    }

    [Fact]
    public void Files_and_folders_that_the_architecture_names_exist()
    {
        string[] pages = [.. new[] { "architecture.md", "contributing.md", "security.md" }.Select(page => File.ReadAllText(Path.Combine(Repository.Root, "docs", page)))];
        string[] paths = [.. PathInText().Matches(string.Concat(pages)).Select(match => match.Groups["path"].Value)];
        Assert.NotEmpty(paths);
        string[] all =
        [
            .. new[] { ".ci", "docs", "generator", "packaging", "runtime", "samples", "tests" }
                .SelectMany(folder => Directory.EnumerateFileSystemEntries(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
                .Where(path => !BuildOutput().IsMatch(path)).Select(path => path.Replace('\\', '/')),
        ];
        // Most are named from where they stand, such as Passes/Fuse; X.cs is a file to come.
        Assert.All(
            paths.Where(path => !path.EndsWith("/X.cs", StringComparison.Ordinal)),
            path => Assert.Contains(all, file => file.EndsWith($"/{path}", StringComparison.Ordinal) || file.EndsWith($"/{path}.cs", StringComparison.Ordinal)));
    }

    private static void Reach(string page, HashSet<string> reached)
    {
        if (!page.EndsWith(".md", StringComparison.Ordinal) || !File.Exists(page) || !reached.Add(page))
            return;
        foreach (Match link in Link().Matches(OutsideCode(File.ReadAllText(page))))
            Reach(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["file"].Value)), reached);
    }

    /// <summary>Headings as links name them: lower case, without punctuation, with hyphens for spaces.</summary>
    private static HashSet<string> HeadingsOf(string page) =>
        [.. Heading().Matches(OutsideCode(File.ReadAllText(page)))
            .Select(heading => NoLetter().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string OutsideCode(string text) => Fenced().Replace(text, "");

    [GeneratedRegex(@"[/\\](bin|obj|node_modules)[/\\]")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"\]\((?!\w+:)(?<file>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>\.?\w[\w.]*(/[\w.]+)+|[A-Z]\w+\.cs)`")]
    private static partial Regex PathInText();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
