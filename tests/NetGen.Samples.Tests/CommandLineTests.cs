using NetGen.Testing;

namespace NetGen.Samples.Tests;

/// <summary>How samples read their command lines.</summary>
public sealed class CommandLineTests
{
    private const string Usage = "usage: Sample [--seed n] [--out file]";

    [Fact]
    public void Options_come_with_their_values() =>
        Assert.Equal(new Dictionary<string, string> { ["--out"] = "x", ["--seed"] = "1" }, CommandLine.Read(["--out", "x", "--seed", "1"], Usage, "--seed", "--out"));

    [Theory]
    [InlineData("unknown option '--sed'; " + Usage, "--sed", "1")]
    [InlineData("unknown option '--help'; " + Usage, "--help")]
    [InlineData("--seed needs a value; " + Usage, "--out", "x", "--seed")]
    [InlineData("--seed is given twice; " + Usage, "--seed", "1", "--seed", "2")]
    public void A_command_line_that_is_wrong_is_refused_with_the_reason_and_the_usage(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => CommandLine.Read(args, Usage, "--seed", "--out")).Message);

    [Fact]
    public void Values_that_fit_are_taken()
    {
        Assert.Equal(12, CommandLine.Whole("--n", "12", least: 12));
        Assert.Equal(1.5, CommandLine.Number("--x", "1.5"));
        Assert.Equal(1, CommandLine.Share("--x", "1"));
        Assert.Equal("b", CommandLine.OneOf("--net", "b", "a", "b"));
        string folder = Path.Combine(Repository.Root, "samples", "Digits"), file = Path.Combine(folder, "digits.csv");
        Assert.Equal(file, CommandLine.ExistingFile("--data", file));
        Assert.Equal(folder, CommandLine.ExistingFolder("--data", folder));
        Assert.Equal("new.safetensors", CommandLine.NewFile("--out", "new.safetensors"));
        Assert.Equal("new", CommandLine.Folder("--out", "new"));
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused_with_what_was_expected()
    {
        Refused("--n expects a whole number of at least 1, got 'many'", () => CommandLine.Whole("--n", "many", least: 1));
        Refused("--n expects a whole number of at least 1, got '0'", () => CommandLine.Whole("--n", "0", least: 1));
        Refused("--x expects a number of at least 0, got '-1'", () => CommandLine.Number("--x", "-1"));
        Refused("--x expects a number of at least 0, got 'NaN'", () => CommandLine.Number("--x", "NaN"));
        Refused("--x expects a number of at least 0, got '-Infinity'", () => CommandLine.Number("--x", "-Infinity"));
        Refused("--x expects a number from 0 to 1, got '-Infinity'", () => CommandLine.Share("--x", "-Infinity"));
        Refused("--x expects a number from 0 to 1, got '1.1'", () => CommandLine.Share("--x", "1.1"));
        Refused("--net expects a or b, got 'c'", () => CommandLine.OneOf("--net", "c", "a", "b"));
        Refused("--data: there is no file 'nowhere'", () => CommandLine.ExistingFile("--data", "nowhere"));
        Refused("--data: there is no folder 'nowhere'", () => CommandLine.ExistingFolder("--data", "nowhere"));
        Refused("--out expects a file in an existing folder, got 'nowhere/x'", () => CommandLine.NewFile("--out", "nowhere/x"));
        Refused("--out expects a file in an existing folder, got '.'", () => CommandLine.NewFile("--out", "."));
        Refused("--out expects a folder, got ''", () => CommandLine.Folder("--out", ""));
    }

    private static void Refused(string message, Func<object> read) => Assert.Equal(message, Assert.Throws<FormatException>(() => { read(); }).Message);
}
