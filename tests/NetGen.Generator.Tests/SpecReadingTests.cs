using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What the generator reads from attributes, in all the forms that C# has for them.</summary>
public sealed class SpecReadingTests
{
    [Theory]
    [InlineData("Dense(64)", "Dense(units: 64)")]
    [InlineData("Dense(units: 64)", "Dense(units: 64)")]
    [InlineData("Dense(8 * 8, Bias = false, Name = \"first\")", "Dense(units: 64, bias: false, name: first)")]
    [InlineData("Dense(64, Init = Initializer.Glorot, InitScale = 0.5f)", "Dense(units: 64, init: Glorot, initScale: 0.5)")]
    [InlineData("Dense(64, Init = (Initializer)99)", "Dense(units: 64, init: 99)")]
    [InlineData("Dense(64, Name = null)", "Dense(units: 64)")]
    [InlineData("NetGen.DenseAttribute(64)", "Dense(units: 64)")]
    [InlineData("ReLU", "ReLU()")]
    [InlineData("ReLU()", "ReLU()")]
    [InlineData("LeakyReLU", "LeakyReLU(slope: 0.01)")]
    [InlineData("LeakyReLU(0.2f)", "LeakyReLU(slope: 0.2)")]
    [InlineData("Rescale(offset: 1, scale: 2)", "Rescale(scale: 2, offset: 1)")]
    [InlineData("Rescale(1f / 4)", "Rescale(scale: 0.25, offset: 0)")]
    [InlineData("Input(1, 28, 28)", "Input(shape: [1, 28, 28])")]
    [InlineData("Input(28)", "Input(shape: [28])")]
    [InlineData("Input", "Input(shape: [])")]
    [InlineData("Input(new[] { 2, 3 }, Name = \"image\")", "Input(shape: [2, 3], name: image)")]
    [InlineData("Input(null)", "Input(shape: [])")]
    [InlineData("Add(\"stem\", null, From = nameof(Net))", "Add(names: [stem, ], from: Net)")]
    [InlineData("Residual<Inner>", "Residual<Inner{ReLU()}>()")]
    [InlineData("Residual<Inner, Outer>", "Residual<Inner{ReLU()}, Outer{Dense(units: 1) Residual<Inner{ReLU()}>(name: r)}>()")]
    [InlineData("Repeat<Inner>(count: 3)", "Repeat<Inner{ReLU()}>(count: 3)")]
    [InlineData("Repeat<Plain>(3)", "Repeat<Plain NotABlock>(count: 3)")]
    [InlineData("Residual<string>", "Residual<string NotABlock>()")]
    [InlineData("Residual<int[]>", "Residual<int[] NotABlock>()")]
    [InlineData("Residual<Self>", "Residual<Self{Dense(units: 1) Residual<Self ContainsItself>()}>()")]
    [InlineData("Residual<Ping>", "Residual<Ping{Residual<Pong{Residual<Ping ContainsItself>()}>()}>()")]
    [InlineData("Residual<Torn>", "Residual<Torn SeveralDeclarations>()")]
    [InlineData("Residual<Empty>", "Residual<Empty{}>()")]
    public void An_element_is_read_by_convention(string attribute, string expected)
    {
        string source = $$"""
            using NetGen;
            [Network, {{attribute}}] partial class Net;
            [Block, ReLU] file class Inner;
            [Block, Dense(1), Residual<Inner>(Name = "r")] file class Outer;
            [ReLU] class Plain;
            [Block, Dense(1), Residual<Self>] class Self;
            [Block, Residual<Pong>] class Ping;
            [Block, Residual<Ping>] class Pong;
            [Block, Dense(1)] partial class Torn;
            [Dense(2)] partial class Torn;
            [Block] class Empty;
            """;

        Assert.Equal(expected, Describe(GeneratorHarness.Run(source).Specs.Single().Elements));
    }

    [Theory]
    [InlineData("Network", UnrollMode.Auto)]
    [InlineData("Network()", UnrollMode.Auto)]
    [InlineData("Network(Unroll = Unroll.Auto)", UnrollMode.Auto)]
    [InlineData("Network(Unroll = Unroll.Always)", UnrollMode.Always)]
    [InlineData("Network(Unroll = Unroll.Never)", UnrollMode.Never)]
    [InlineData("Network(Unroll = (Unroll)99)", UnrollMode.Auto)]
    public void What_is_unrolled_is_read_from_the_network_itself(string network, UnrollMode expected) =>
        Assert.Equal(expected, GeneratorHarness.Run($"using NetGen;\n[{network}, Input(2), Dense(1)] public partial class Net;").Specs.Single().Unroll);

    [Fact]
    public void Elements_stand_in_source_order_whatever_the_lists_and_other_attributes()
    {
        NetworkSpec spec = GeneratorHarness.Run("""
            using NetGen;
            [System.Serializable]
            [Input(4), Dense(3)]
            [Network]
            // A comment.
            [ReLU, System.Obsolete, Dense(2)]
            [MeanSquaredError]
            partial class Net;
            """).Specs.Single();

        Assert.Equal("Input(shape: [4]) Dense(units: 3) ReLU() Dense(units: 2) MeanSquaredError()", Describe(spec.Elements));
    }

    [Fact]
    public void A_block_of_another_assembly_is_read_from_its_metadata()
    {
        MetadataReference library = GeneratorHarness.Compilation("""
            using NetGen;
            namespace Library;
            [Block, Dense(4, Init = Initializer.He, Name = "in"), LeakyReLU, Residual<Inner>, Add("in", "x")] public class Outer;
            [Block, Reshape(2, -1), Dropout(0.5f)] public class Inner;
            """).EmitToImageReference();
        CSharpCompilation compilation = GeneratorHarness.Compilation("[NetGen.Network, NetGen.Residual<Library.Outer>] partial class Net;");
        compilation = compilation.AddReferences(library);

        Assert.Equal(
            "Residual<Outer{Dense(units: 4, init: He, name: in) LeakyReLU(slope: 0.01) "
                + "Residual<Inner{Reshape(shape: [2, -1]) Dropout(rate: 0.5)}>() Add(names: [in, x])}>()",
            Describe(GeneratorHarness.Run(compilation).Specs.Single().Elements));
    }

    [Theory]
    [InlineData("Dense")]
    [InlineData("Dense(\"many\")")]
    [InlineData("Dense(Net.Variable)")]
    [InlineData("Dense(1, 2, 3)")]
    [InlineData("Input(1, Missing)")]
    [InlineData("Residual<Missing>")]
    [InlineData("Residual<Broken>")]
    [InlineData("Residual<>")]
    [InlineData("Dense(3, Bias = 7)")]
    [InlineData("Dense(")]
    public async Task What_the_compiler_rejects_gets_its_error_and_none_of_ours(string attribute)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using NetGen;
            [Network, Input(4), {{attribute}}] partial class Net { public static int Variable; }
            [Block, Dense("many")] class Broken;
            """);

        Assert.Contains(run.CompilerDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(run.Sources);
        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Unknown(3)")]
    [InlineData("Residual")]
    [InlineData("Dense(3, Missing = 7)")]
    public async Task An_attribute_that_another_generator_may_bring_does_not_stop_generation_and_silences_the_analyzer(string attribute)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; [Network, Input(4), {attribute}] partial class Net;");

        Assert.Contains(run.CompilerDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Single(run.Sources);
        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
    }

    private static string Describe(EquatableArray<ElementSpec> elements) => string.Join(' ', elements.Select(Describe));

    private static string Describe(ElementSpec element)
    {
        string blocks = element.Blocks.Count == 0 ? "" : $"<{string.Join(", ", element.Blocks.Select(Describe))}>";
        return $"{element.Kind}{blocks}({string.Join(", ", element.Arguments.Select(Describe))})";
    }

    private static string Describe(BlockSpec block) =>
        block.Problem == BlockProblem.None ? $"{block.Name}{{{Describe(block.Elements)}}}" : $"{block.Name} {block.Problem}";

    private static string Describe(object value) => value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Describe(ArgumentSpec argument)
    {
        string[] values = [.. argument.Values.Select(Describe)];
        return $"{argument.Name}: {(argument.Name is "shape" or "names" ? $"[{string.Join(", ", values)}]" : values.Single())}";
    }
}
