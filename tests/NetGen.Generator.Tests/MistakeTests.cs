using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What people who got something wrong are told, and what becomes of the code around it.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("Input(6, 3), Dense(4, Name = \"a\"), Dense(2), Add(\"a\")",
        "add1 expects equal shapes, but dense2 gives 6x2 and a gives 6x4; their features (2 and 4) differ: give both as many, for instance with a [Dense(4)] between")]
    [InlineData("Input(2, 3, 4), Tanh(Name = \"a\"), Concat(\"a\"), Add(\"a\")",
        "add1 expects equal shapes, but concat1 gives 4x3x4 and a gives 2x3x4; their channels (4 and 2) differ: give both as many, for instance with a [Conv2D(2, 1)] between")]
    [InlineData("Input(2, 3, 4), Tanh(Name = \"a\"), Reshape(2, 6, 2), Concat(\"a\")",
        "concat1 expects shapes that are equal but for the channels, but reshape1 gives 2x6x2 and a gives 2x3x4; their heights (6 and 3) and widths (2 and 4) differ: "
        + "give the layers of both the same strides and padding, or bring one to the other's size with pooling or [Upsample2D]")]
    [InlineData("Input(2, 3, 4), Flatten, Multiply(\"input\")",
        "multiply1 expects equal shapes, or one number a channel on one side, but flatten1 gives 24 and input gives 2x3x4; "
        + "bring both to one number of axes, for instance with [Flatten] or [Reshape]")]
    [InlineData("Input(3, 4), Residual<Half>",
        "res1 expects equal shapes, but input gives 3x4 and the block 'Half' gives 3x2; their features (4 and 2) differ: "
        + "make the block end in the shape it starts with, or add a projection: [Residual<TBlock, TProjection>]")]
    public async Task Shapes_that_differ_are_told_by_the_names_of_their_extents(string elements, string message)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; [Network, {elements}] partial class Net; [Block, Dense(2)] class Half;");

        Assert.Equal(message, Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken)).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_uses_a_wrong_network_gets_no_errors_of_its_own()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using NetGen;
            [Network, Input(4), Dense(0), MeanSquaredError] partial class Net;
            [Network, Input(4, Name = "a"), Input(2, Name = "b"), Dense(0)] partial class Parts;
            class User
            {
                static float Use(Optimizer optimizer, float[] x)
                {
                    var net = new Net(seed: 1);
                    ITrainable trainable = net;
                    net.Predict(x, x);
                    net.Parameters.Clear();
                    new Parts().Predict(a: x, b: (System.ReadOnlySpan<float>)x, output: x);
                    return net.TrainStep(new Batch { Count = 1, Inputs = x, Targets = x }, optimizer) + trainable.Gradients[0];
                }
            }
            """);

        Assert.Equal(["NETG020", "NETG020"], (await run.AnalyzeAsync(TestContext.Current.CancellationToken)).Select(diagnostic => diagnostic.Id));
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("[Network, Input(4, Name = \"a\"), Input(4, Name = \"output\"), Dense(4), Add(\"a\"), MeanSquaredError] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(4), Output(\"output\"), MeanSquaredError, Dense(4), Output(\"Output\"), SoftmaxCrossEntropy, Dense(4), Output(\"loss\"), Huber] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(4, Name = \"output\"), Dense(4, Name = \"loss\"), Dense(4, Name = \"batch\"), SoftmaxCrossEntropy] partial class Net;")]
    public async Task Names_that_generated_code_uses_too_are_no_mistake(string source)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {source}");

        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(run.CompilerDiagnostics());
    }

    [Fact]
    public async Task A_wrong_block_is_one_error_with_every_use_beside_it()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using NetGen;
            [Network, Input(4), Residual<Inner>, Repeat<Inner>(2)] partial class Net;
            [Block, Dense(-4)] class Inner;
            """);

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal("-4", diagnostic.Location.Text());
        Assert.Contains("Residual<Inner>", diagnostic.AdditionalLocations.Select(use => use.Text()));
    }

    [Theory]
    [MemberData(nameof(DescriptorTests.Ids), MemberType = typeof(DescriptorTests))]
    public async Task A_page_shows_what_really_happens(string id)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", $"{id}.md"));
        string[] examples = [.. page.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0])];

        // The fixed example fits its weights file, and the bad one does not: because of its layers, or because the file is missing or cut off.
        IReadOnlyList<WeightsFile> files = WeightsFile.OfExample(examples[1]);
        IReadOnlyList<WeightsFile> badFiles = id switch
        {
            "NETG060" => [],
            "NETG061" => [files[0] with { Content = files[0].Content[..^4] }],
            _ => files,
        };
        GeneratorRun bad = GeneratorHarness.Run(GeneratorHarness.Compilation($"using NetGen;\n{examples[0]}"), badFiles);
        GeneratorRun good = GeneratorHarness.Run(GeneratorHarness.Compilation($"using NetGen;\n{examples[1]}"), files);

        Diagnostic diagnostic = Assert.Single(await bad.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(page.Split('\n').Single(line => line.StartsWith("> ", StringComparison.Ordinal)), $"> {diagnostic.GetMessage()}");
        Assert.Empty(bad.CompilerDiagnostics());
        Assert.Empty(await good.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(good.CompilerDiagnostics());
    }
}
