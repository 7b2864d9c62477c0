using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That commands in the documentation name folders, verbs and options that exist.</summary>
public sealed partial class CommandTests
{
    /// <summary>Options of dotnet and of tools that are not ours.</summary>
    private static readonly string[] Foreign = ["--add-source", "--filter", "--global", "--logdir", "--name", "--project", "--urls"];

    public static TheoryData<string> Pages => [.. LinkTests.AllPages.Where(page => CodeOf(page).Any(code => Option().IsMatch(code) || Command().IsMatch(code)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_command_names_exists(string page)
    {
        string code = string.Join('\n', CodeOf(page));
        // What a build makes need not be there, and X.cs is a file to come.
        Assert.All(
            Folder().Matches(code).Select(folder => folder.Value).Where(folder => !folder.Contains("/obj/", StringComparison.Ordinal) && !folder.EndsWith("/X.cs", StringComparison.Ordinal)),
            folder => Assert.True(Path.Exists(Path.Combine(Repository.Root, folder)), $"{page} names {folder}, which does not exist"));

        string[] commands = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "generator/NetGen.Cli/Commands"), "*Command.cs").Select(Path.GetFileName).OfType<string>()];
        Assert.All(Command().Matches(code), command => Assert.Contains($"{command.Groups["verb"].Value}Command.cs", commands, StringComparer.OrdinalIgnoreCase));

        // A sample's page is about its own program, any other page about any.
        string[] folders = page.StartsWith("samples/", StringComparison.Ordinal) ? [Path.GetDirectoryName(page)!, "samples/Words"] : ["generator", "runtime", "samples", "tests"];
        string sources = string.Join('\n', folders.SelectMany(Sources).Select(File.ReadAllText));
        Assert.All(
            Option().Matches(code).Select(option => option.Value).Except(Foreign),
            option => Assert.True(sources.Contains($"\"{option}\"", StringComparison.Ordinal), $"{page} names {option}, which no program in {string.Join(", ", folders)} has"));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories);

    /// <summary>Blocks without a language, which are commands and what they print, and code within the text.</summary>
    private static IEnumerable<string> CodeOf(string page) =>
        Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value);

    [GeneratedRegex("^```.*\n(?<code>(.*\n)*?)```$|`(?<code>[^`\n]+)`", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w/.-])(docs|generator|packaging|runtime|samples|templates|tests)/\w[\w./-]*\w")]
    private static partial Regex Folder();

    [GeneratedRegex(@"\bnetgen (?<verb>[a-z]+)\b")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
