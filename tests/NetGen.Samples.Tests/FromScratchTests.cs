using System.Text.RegularExpressions;
using FromScratch;
using NetGen.Testing;

namespace NetGen.Samples.Tests;

/// <summary>That docs/from-scratch says what its programs print.</summary>
public sealed partial class FromScratchTests
{
    public static TheoryData<string> Chapters => [.. Course.Chapters.Select(chapter => chapter.Name)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_quotes_all_that_its_program_prints(string name)
    {
        StringWriter output = new() { NewLine = "\n" };
        Course.Chapters.Single(chapter => chapter.Name == name).Run(output);

        string quoted = string.Join("\n", OutputBlock().Matches(Page(name)).Select(match => match.Groups["text"].Value));
        Assert.Equal(output.ToString(), quoted);
    }

    [Fact]
    public void The_pages_are_the_chapters_in_order_and_the_first_page_links_to_each()
    {
        string[] pages = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs/from-scratch"), "*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        string[] expected = [.. Course.Chapters.Select((chapter, index) => $"{index + 1:00}-{chapter.Name}.md"), "README.md"];

        Assert.Equal(expected, pages);
        string contents = File.ReadAllText(Path.Combine(Repository.Root, "docs/from-scratch/README.md"));
        Assert.All(expected[..^1], page => Assert.Contains($"]({page})", contents));
    }

    private static string Page(string name) =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, "docs/from-scratch"), $"*-{name}.md"))).ReplaceLineEndings("\n");

    [GeneratedRegex("^```output\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex OutputBlock();
}
