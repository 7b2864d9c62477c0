using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What a network compiled to, as the constant in its assembly says.</summary>
public sealed class InspectionTests
{
    private static readonly Dictionary<string, string> Inspect = new() { ["NetGenInspect"] = "true", ["ProjectDir"] = "/home/me/app/" };

    private const string Source = """
        using NetGen;
        namespace Vision;

        [Network]
        [Input(1, 8, 8), Conv2D(4, 3), ReLU]
        [Residual<Inner>]
        [Flatten, Dense(3)]
        [SoftmaxCrossEntropy]
        public sealed partial class Net;

        [Block]
        [Conv2D(4, 3)]
        [ReLU]
        file class Inner;
        """;

    [Fact]
    public void Nothing_is_written_unless_the_project_asks()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(Source));

        Assert.Equal(["Vision.Net.g.cs"], run.Sources.Keys);
        Assert.Equal(["Vision.Net.g.cs", "Vision.Net.inspection.g.cs"], GeneratorHarness.Run(GeneratorHarness.Compilation(Source), Inspect).Sources.Keys);
    }

    [Fact]
    public void The_file_is_the_same_at_each_run_and_compiles_without_a_word()
    {
        GeneratorRun[] runs = [.. Enumerable.Range(0, 2).Select(_ => GeneratorHarness.Run(GeneratorHarness.Compilation(Source), Inspect))];

        Assert.Equal(runs[0].Sources, runs[1].Sources);
        Assert.Empty(runs[0].CompilerDiagnostics());
    }

    [Fact]
    public void Layers_have_lines_of_the_source_in_blocks_too()
    {
        JsonElement network = Describe(Source);

        Assert.Equal(
            ["conv2d1 src/Net.cs:5", "relu1 src/Net.cs:5", "res1.conv2d1 src/Net.cs:12", "res1.relu1 src/Net.cs:13", "res1 src/Net.cs:6", "flatten1 src/Net.cs:7", "dense1 src/Net.cs:7"],
            Layers(network, "layer").Select(layer => $"{layer.GetProperty("path")} {layer.GetProperty("source").GetProperty("file")}:{layer.GetProperty("source").GetProperty("line")}"));
    }

    [Fact]
    public void A_file_outside_of_the_project_has_its_name_alone() =>
        Assert.All(Layers(Describe(Source, "/home/you/Shared.cs"), "layer"), layer => Assert.Equal("Shared.cs", layer.GetProperty("source").GetProperty("file").GetString()));

    [Fact]
    public void Edges_are_what_flows_between_layers_skips_included()
    {
        JsonElement network = Describe(Source);
        string[] paths = [.. network.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("path").GetString()!)];

        Assert.Equal(
            ["input-conv2d1", "conv2d1-relu1", "relu1-res1.conv2d1", "res1.conv2d1-res1.relu1", "relu1-res1", "res1.relu1-res1", "res1-flatten1", "flatten1-dense1", "dense1-loss"],
            network.GetProperty("edges").EnumerateArray().Select(edge => $"{paths[edge[0].GetInt32()]}-{paths[edge[1].GetInt32()]}"));
    }

    [Fact]
    public void Costs_add_up_and_the_arena_is_what_the_class_says()
    {
        JsonElement network = Describe(Source);
        JsonElement totals = network.GetProperty("totals");
        JsonElement[] costs = [.. Layers(network, "layer").Select(layer => layer.GetProperty("cost"))];

        Assert.All(["parameters", "flops", "trainingFlops", "bytesMoved", "codeBytes"], member => Assert.Equal(totals.GetProperty(member).GetInt64(), costs.Sum(cost => cost.GetProperty(member).GetInt64())));
        Assert.Equal(totals.GetProperty("nanoseconds").GetDouble(), costs.Sum(cost => cost.GetProperty("nanoseconds").GetDouble()), 0.01);
        using InMemoryNetworks networks = InMemoryNetworks.Compile(Source);
        INetwork net = networks.Create<INetwork>("Vision.Net");
        Assert.Equal(4 * net.WorkspaceSize, totals.GetProperty("arenaBytes").GetInt64());
        Assert.All(costs, cost => Assert.InRange(cost.GetProperty("arenaBytes").GetInt64(), 0, totals.GetProperty("arenaBytes").GetInt64()));
        Assert.Equal(net.Info.Layers.Select(layer => layer.Flops), Layers(network, "layer").Select(layer => layer.GetProperty("cost").GetProperty("flops").GetInt64()));
    }

    [Fact]
    public void Training_costs_are_those_of_both_ways()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation("using NetGen; [Network, Input(2), Dense(4), Tanh, Dense(1), SigmoidCrossEntropy] public partial class Net;"), Inspect);
        JsonElement network = Json(run);

        // Forward 20 and the 4 of tanh, the weight's gradient 16; forward 9, the input's gradient 8 and the 4 of the derivative, the weight's gradient 8.
        Assert.Equal([40, 0, 29], Layers(network, "layer").Select(layer => layer.GetProperty("cost").GetProperty("trainingFlops").GetInt64()));
        Assert.Contains("long FlopsPerSample = 69;", run.Sources["Net.g.cs"], StringComparison.Ordinal);
        Assert.Equal(0, Describe("using NetGen; [Network, Input(2), Dense(4)] public partial class Net;").GetProperty("totals").GetProperty("trainingFlops").GetInt64());
    }

    [Theory]
    [InlineData("Input(64), Dense(32)", 8_704, 90.667)]   // 8,320 bytes of weights and 384 of values, all from cache
    [InlineData("Input(1024), Dense(1024)", 4_206_592, 262_485.333)]   // 4,198,400 bytes of weights from memory, 8,192 of values from cache
    [InlineData("Input(1, 64, 64), Conv2D(16, 5, Bias = false)", 280_128, 34_133.333)]   // 2 * 25 * 16 * 4,096 FLOPs take longer than the memory
    public void An_estimate_is_the_longer_of_computing_and_moving(string layers, long moved, double nanoseconds)
    {
        JsonElement totals = Describe($"using NetGen; [Network, {layers}] public partial class Net;").GetProperty("totals");

        Assert.Equal((moved, nanoseconds), (totals.GetProperty("bytesMoved").GetInt64(), totals.GetProperty("nanoseconds").GetDouble()));
    }

    [Fact]
    public void No_two_values_are_in_one_place_at_one_time()
    {
        JsonElement[] programs = [.. Describe(Source).GetProperty("memory").EnumerateArray()];

        Assert.Equal(["Predict", "Training"], programs.Select(program => program.GetProperty("name").GetString()));
        foreach (JsonElement program in programs)
        {
            var slots = program.GetProperty("slots").EnumerateArray().Select(slot => (
                Batched: slot.GetProperty("batched").GetBoolean(),
                Start: slot.GetProperty(slot.GetProperty("batched").GetBoolean() ? "perSample" : "constant").GetInt32(),
                Floats: slot.GetProperty("floats").GetInt32(), First: slot.GetProperty("first").GetInt32(), Last: slot.GetProperty("last").GetInt32())).ToArray();
            Assert.NotEmpty(slots);
            foreach (var (one, other) in slots.SelectMany((one, index) => slots.Skip(index + 1).Select(other => (one, other))).Where(pair => pair.one.Batched == pair.other.Batched))
            {
                bool apart = one.Start + one.Floats <= other.Start || other.Start + other.Floats <= one.Start || one.Last < other.First || other.Last < one.First;
                Assert.True(apart, $"{one} and {other}");
            }
            Assert.Equal(program.GetProperty("perSample").GetInt32(), slots.Where(slot => slot.Batched).Max(slot => slot.Start + slot.Floats));
        }
    }

    [Fact]
    public void Methods_are_those_of_the_generated_file_and_a_fused_layer_says_where_it_is()
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(Source), Inspect);
        string file = Flat(run.Sources["Vision.Net.g.cs"]);
        JsonElement network = Json(run);

        Assert.Equal(["Predict", "Forward", "Backward"], network.GetProperty("passes").EnumerateArray().Select(pass => pass.GetProperty("name").GetString()));
        Assert.All(
            network.GetProperty("passes").EnumerateArray().SelectMany(pass => pass.GetProperty("methods").EnumerateArray()),
            method => Assert.Contains(Flat(method.GetProperty("code").GetString()!), file, StringComparison.Ordinal));
        JsonElement relu = Layers(network, "layer").First(layer => layer.GetProperty("path").GetString() == "relu1");
        Assert.Equal(1, relu.GetProperty("fusedInto").GetProperty("Predict").GetInt32());

        static string Flat(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void The_sum_of_a_residual_is_part_of_the_convolution_that_computes_it()
    {
        const string source = "using NetGen; [Network, Input(4, 6, 6), Conv2D(4, 1), Residual<Inner>, ReLU, Dropout(0.1f)] public partial class Net; [Block, Tanh, Conv2D(4, 3), BatchNorm, Dropout(0.5f)] class Inner;";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(source), Inspect);
        JsonElement network = Json(run);
        Dictionary<string, string> into = Layers(network, "layer").Where(layer => layer.GetProperty("fusedInto").TryGetProperty("Predict", out _)).ToDictionary(
            layer => layer.GetProperty("path").GetString()!,
            layer => network.GetProperty("layers")[layer.GetProperty("fusedInto").GetProperty("Predict").GetInt32()].GetProperty("path").GetString()!);

        Assert.Equal(new() { ["res1"] = "res1.conv2d1", ["relu1"] = "res1.conv2d1" }, into);
        Assert.DoesNotContain("Predict does not need it", run.Sources["Net.g.cs"].Split("── res1: ")[1].Split("──")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_called_like_the_loss_is_not_taken_for_it()
    {
        JsonElement network = Describe("using NetGen; [Network, Input(4), Dense(8, Name = \"loss\"), ReLU, Dense(3), SoftmaxCrossEntropy] public partial class Net;");
        JsonElement[] layers = [.. network.GetProperty("layers").EnumerateArray()];
        int[] called = [.. layers.Index().Where(layer => layer.Item.GetProperty("path").GetString() == "loss").Select(layer => layer.Index)];

        Assert.Equal(["layer", "loss"], called.Select(index => layers[index].GetProperty("kind").GetString()));
        Assert.Equal(called[0], layers[called[0] + 1].GetProperty("fusedInto").GetProperty("Forward").GetInt32());
        Assert.Equal(["LossForward", "LossForward2"], called.Select(index => MethodsOf(network, "Forward", index).Single()));
    }

    [Theory]
    [InlineData("Dense(3), GRU(4), Dense(2), SoftmaxCrossEntropy")]
    [InlineData("CausalConv1D(4, 2), ReLU, SelfAttention(2, Causal = true)")]
    [InlineData("GRU(4), LastStep, Dense(2), ReLU")]
    public void A_step_of_a_stream_is_described_as_the_other_passes_are(string layers)
    {
        string source = $"using NetGen; [Network(Streaming = true), Input(5, 3), {layers}] public partial class Net;";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(source), Inspect);
        JsonElement network = Json(run);
        string step = run.Sources["Net.g.cs"].Split(" static void Step(")[1];
        int last = network.GetProperty("layers").EnumerateArray().ToList().FindLastIndex(layer => layer.GetProperty("kind").GetString() == "layer");

        Assert.Equal("Step", network.GetProperty("passes").EnumerateArray().Last().GetProperty("name").GetString());
        foreach (int index in Enumerable.Range(1, last))
        {
            JsonElement layer = network.GetProperty("layers")[index];
            Assert.True(MethodsOf(network, "Step", index).Any() || layer.GetProperty("fusedInto").TryGetProperty("Step", out _) || layer.GetProperty("path").GetString() == "laststep1");
            Assert.All(MethodsOf(network, "Step", index), method => Assert.Contains($"{method}(", step, StringComparison.Ordinal));
        }
        Assert.Equal("Step", network.GetProperty("memory").EnumerateArray().Last().GetProperty("name").GetString());
    }

    private static IEnumerable<string> MethodsOf(JsonElement network, string pass, int layer) => network.GetProperty("passes").EnumerateArray()
        .Single(one => one.GetProperty("name").GetString() == pass).GetProperty("methods").EnumerateArray()
        .Where(method => method.GetProperty("layers").EnumerateArray().Any(index => index.GetInt32() == layer))
        .Select(method => method.GetProperty("name").GetString()!);

    [Fact]
    public void An_edit_above_a_network_moves_its_lines_and_compiles_nothing_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(Source);
        GeneratorDriver driver = GeneratorHarness.Driver(Inspect).RunGenerators(compilation, TestContext.Current.CancellationToken);
        SyntaxTree moved = GeneratorHarness.Parse("// A comment.\n" + Source, compilation.SyntaxTrees[0].FilePath);
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], moved), TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Contains(Reason(result, NetworkGenerator.SpecStep), new[] { IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached });
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(result, NetworkGenerator.InspectStep));
    }

    [Fact]
    public void A_network_with_a_mistake_describes_nothing() =>
        Assert.Equal(["Net.g.cs"], GeneratorHarness.Run(GeneratorHarness.Compilation("using NetGen; [Network, Input(4), Conv2D(2, 3)] partial class Net;"), Inspect).Sources.Keys);

    private static IncrementalStepRunReason Reason(GeneratorRunResult result, string step) => result.TrackedSteps[step].Single().Outputs.Single().Reason;

    private static IEnumerable<JsonElement> Layers(JsonElement network, string kind) => network.GetProperty("layers").EnumerateArray().Where(layer => layer.GetProperty("kind").GetString() == kind);

    private static JsonElement Describe(string source, string path = "/home/me/app/src/Net.cs")
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(source);
        return Json(GeneratorHarness.Run(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], GeneratorHarness.Parse(source, path)), Inspect));
    }

    /// <summary>The constant, as the C# compiler has it.</summary>
    private static JsonElement Json(GeneratorRun run)
    {
        IFieldSymbol constant = run.Output.GetSymbolsWithName("NetGenInspection", SymbolFilter.Member).OfType<IFieldSymbol>().Single();
        return JsonDocument.Parse((string)constant.ConstantValue!).RootElement;
    }
}
