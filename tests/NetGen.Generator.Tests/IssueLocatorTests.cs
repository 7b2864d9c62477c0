using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Issues;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Where an issue shows, for every way to write the argument and every depth of block.</summary>
public sealed class IssueLocatorTests
{
    [Theory]
    [InlineData("Dense(64)", "units", "64")]
    [InlineData("Dense(units: 64)", "units", "units: 64")]
    [InlineData("Dense(64, Bias = false)", "bias", "Bias = false")]
    [InlineData("Dense(64, Bias = false)", "units", "64")]
    [InlineData("Dense(64, Bias = false)", "name", "Dense(64, Bias = false)")]
    [InlineData("Dense(64)", null, "Dense(64)")]
    [InlineData("Dense(64, InitScale = -1, Init = Initializer.Normal)", "initScale", "InitScale = -1")]
    [InlineData("Rescale(offset: 1, scale: 2)", "scale", "scale: 2")]
    [InlineData("Rescale(offset: 1, scale: 2)", "offset", "offset: 1")]
    [InlineData("Rescale(2, 1)", "offset", "1")]
    [InlineData("Rescale(2)", "offset", "Rescale(2)")]
    [InlineData("LeakyReLU", "slope", "LeakyReLU")]
    [InlineData("LeakyReLU()", "slope", "LeakyReLU()")]
    [InlineData("Input(1, 0, -3, Name = \"x\")", "shape", "1, 0, -3")]
    [InlineData("Input(new[] { 1, 2 }, Name = \"x\")", "shape", "new[] { 1, 2 }")]
    [InlineData("Input(shape: new[] { 1, 2 })", "shape", "shape: new[] { 1, 2 }")]
    [InlineData("Input(Name = \"x\")", "shape", "Input(Name = \"x\")")]
    [InlineData("Add(\"a\", \"b\")", "names", "\"a\", \"b\"")]
    [InlineData("Repeat<Net>(count: 0)", "count", "count: 0")]
    public void An_argument_is_found_however_it_is_written(string attribute, string? argument, string expected)
    {
        Assert.Equal([expected], Locate($"using NetGen; [Network, ReLU, {attribute}, ReLU] partial class Net;", argument, 1));
    }

    [Fact]
    public void An_issue_of_the_class_shows_at_its_Network_attribute()
    {
        Assert.Equal(["NetGen.Network()"], Locate("[NetGen.ReLU, NetGen.Network()] partial class Net;", null));
    }

    [Fact]
    public void An_issue_inside_blocks_shows_there_and_names_its_uses_from_the_inside_out()
    {
        const string Source = """
            using NetGen;
            [Network, ReLU, Residual<Basic, Outer>] partial class Net;
            [Block, Tanh] class Basic;
            [Block, Dense(1), Dense(2), Repeat<Inner>(3)] class Outer;
            [Block, ReLU, Dropout(1.5f)] class Inner;
            """;

        Assert.Equal(["1.5f", "Repeat<Inner>(3)", "Residual<Basic, Outer>"], Locate(Source, "rate", 1, 1, 2, 0, 1));
        Assert.Equal(["Tanh", "Residual<Basic, Outer>"], Locate(Source, null, 1, 0, 0));
    }

    [Fact]
    public void An_issue_inside_a_block_of_another_assembly_shows_at_its_use()
    {
        const string Library = "using NetGen; [Block, ReLU, Dropout(1.5f)] public class Foreign;";
        CSharpCompilation library = GeneratorHarness.Compilation(Library).WithAssemblyName("Library");
        CSharpCompilation user = GeneratorHarness.Compilation(
            "using NetGen; [Network, Residual<Outer>] partial class Net; [Block, Repeat<Foreign>(2)] class Outer;");

        foreach (MetadataReference reference in new[] { library.EmitToImageReference(), library.ToMetadataReference() })
        {
            Assert.Equal(["Repeat<Foreign>(2)", "Residual<Outer>"], Locate(user.AddReferences(reference), "rate", 0, 0, 0, 0, 1));
        }
    }

    private static IEnumerable<string> Locate(string source, string? argument, params int[] path) =>
        Locate(GeneratorHarness.Compilation(source), argument, path);

    private static IEnumerable<string> Locate(CSharpCompilation compilation, string? argument, params int[] path)
    {
        Issue issue = new(IssueDescriptors.InvalidArgument, new(path), argument, []);
        return IssueLocator.Locate(issue, compilation.GetTypeByMetadataName("Net")!, compilation).Select(location => location.Text());
    }
}
