using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>What people get wrong, and what they are told: one error, at its cause, with what was expected and what came.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("NETG001", "Network", "[Network, Input(4), Dense(2)] class Net;")]
    [InlineData("NETG003", "Dense(3)", "[Network, Input(4)] partial class Net; [Dense(3), ReLU] partial class Net;")]
    [InlineData("NETG005", "Network", "[Network, Input(4), Dense(2)] partial class Net { public int StepCount { get; set; } }")]
    [InlineData("NETG005", "Network", "[Network, Input(4, 3), LSTM(2)] partial class Net { public int Step { get; set; } }")]
    [InlineData("NETG004", "Network", "[Network, Input(4), Dense(2)] partial class State;")]
    [InlineData("NETG010", "Network", "[Network, Dense(2)] partial class Net;")]
    [InlineData("NETG011", "Dense(3)", "[Network, Dense(3), Input(4), Dense(2)] partial class Net;")]
    [InlineData("NETG012", "Network", "[Network, Input(4)] partial class Net;")]
    [InlineData("NETG013", "MeanSquaredError", "[Network, Input(4), Dense(2), MeanSquaredError, Softmax] partial class Net;")]
    [InlineData("NETG013", "MeanSquaredError", "[Network, Input(4), Dense(2), MeanSquaredError, Huber] partial class Net;")]
    [InlineData("NETG012", "Network", "[Network, Input(4), Output(\"a\"), MeanSquaredError] partial class Net;")]
    [InlineData("NETG013", "Huber", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Huber] partial class Net;")]
    [InlineData("NETG013", "MeanSquaredError", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Dense(2), MeanSquaredError, Output(\"b\")] partial class Net;")]
    [InlineData("NETG013", "Output(\"a\")", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4), Output(\"a\")] class A;")]
    [InlineData("NETG015", "Tanh", "[Network, Input(4), Dense(2), Output(\"a\"), Tanh] partial class Net;")]
    [InlineData("NETG020", "Weight = 0", "[Network, Input(4), Dense(2), Output(\"a\", Weight = 0), MeanSquaredError] partial class Net;")]
    [InlineData("NETG030", "\"a\"", "[Network, Input(4), Dense(2), Output(\"a\"), Tanh, Output(\"a\")] partial class Net;")]
    [InlineData("NETG050", "SoftmaxCrossEntropy", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Dense(1), Output(\"b\"), SoftmaxCrossEntropy] partial class Net;")]
    [InlineData("NETG051", "Output(\"b\")", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Tanh, Output(\"b\")] partial class Net;")]
    [InlineData("NETG004", "Network", "[Network, Input(4), Dense(2), Output(\"a\")] partial class ARange;")]
    [InlineData("NETG005", "Network", "[Network, Input(4), Dense(2), Output(\"a\")] partial class Net { public int ARange { get; set; } }")]
    [InlineData("NETG014", "Residual<Plain>", "[Network, Input(4), Residual<Plain>] partial class Net; [Dense(4)] class Plain;")]
    [InlineData("NETG014", "Repeat<Self>(2)", "[Network, Input(4), Residual<Self>] partial class Net; [Block, Dense(4), Repeat<Self>(2)] class Self;")]
    [InlineData("NETG014", "Residual<Torn>", "[Network, Input(4), Residual<Torn>] partial class Net; [Block, Dense(4)] partial class Torn; [Tanh] partial class Torn;")]
    [InlineData("NETG016", "Activation<Net.Hidden>", "[Network, Input(4), Dense(2), Activation<Net.Hidden>] partial class Net { private struct Hidden : IActivationFunction { public static V Value<V>(V x) where V : struct, ILanes<V> => x; public static V Derivative<V>(V x) where V : struct, ILanes<V> => x; } }")]
    [InlineData("NETG016", "Loss<Hidden>", "[Network, Input(4), Dense(2), Loss<Hidden>] partial class Net; file struct Hidden : ILossFunction { public static V Value<V>(V x, V t) where V : struct, ILanes<V> => x; public static V Derivative<V>(V x, V t) where V : struct, ILanes<V> => x; }")]
    [InlineData("NETG020", "LabelSmoothing = 1", "[Network, Input(4), Dense(2), SoftmaxCrossEntropy(LabelSmoothing = 1)] partial class Net;")]
    [InlineData("NETG020", "ClassWeights = new[] { 1f }", "[Network, Input(4), Dense(2), SoftmaxCrossEntropy(ClassWeights = new[] { 1f })] partial class Net;")]
    [InlineData("NETG020", "ClassWeights = new[] { 1f, 0f }", "[Network, Input(4), Dense(2), SoftmaxFocal(ClassWeights = new[] { 1f, 0f })] partial class Net;")]
    [InlineData("NETG020", "-1", "[Network, Input(4), Dense(2), SoftmaxFocal(-1)] partial class Net;")]
    [InlineData("NETG020", "alpha: 1", "[Network, Input(4), Dense(2), SigmoidFocal(alpha: 1)] partial class Net;")]
    [InlineData("NETG020", "0", "[Network, Input(4), Dense(2), Quantile(0)] partial class Net;")]
    [InlineData("NETG050", "KLDivergence", "[Network, Input(4), Dense(1), KLDivergence] partial class Net;")]
    [InlineData("NETG050", "CosineDistance", "[Network, Input(2, 4, 4), Conv2D(2, 3), CosineDistance] partial class Net;")]
    [InlineData("NETG050", "SoftmaxFocal", "[Network, Input(4), Dense(1), SoftmaxFocal] partial class Net;")]
    [InlineData("NETG020", "0", "[Network, Input(4), Dense(0)] partial class Net;")]
    [InlineData("NETG020", "units: -3", "[Network, Input(4), Dense(units: -3, Bias = false)] partial class Net;")]
    [InlineData("NETG020", "1f", "[Network, Input(4), Dropout(1f), Dense(2)] partial class Net;")]
    [InlineData("NETG020", "-0.1f", "[Network, Input(4), Dropout(-0.1f), Dense(2)] partial class Net;")]
    [InlineData("NETG020", "float.NaN", "[Network, Input(4), Dropout(float.NaN), Dense(2)] partial class Net;")]
    [InlineData("NETG020", "2, 0", "[Network, Input(2, 0), Dense(2)] partial class Net;")]
    [InlineData("NETG020", "Input", "[Network, Input, Dense(2)] partial class Net;")]
    [InlineData("NETG020", "1, 2, 3, 4, 5", "[Network, Input(1, 2, 3, 4, 5), Flatten, Dense(2)] partial class Net;")]
    [InlineData("NETG020", "0", "[Network, Input(4), Repeat<Inner>(0)] partial class Net; [Block, Dense(4)] class Inner;")]
    [InlineData("NETG020", "Init = (Initializer)99", "[Network, Input(4), Dense(2, Init = (Initializer)99)] partial class Net;")]
    [InlineData("NETG020", "-4", "[Network, Input(4), Residual<Outer>] partial class Net; [Block, Residual<Inner>] class Outer; [Block, Dense(-4)] class Inner;")]
    [InlineData("NETG021", "InitScale = 1", "[Network, Input(4), Dense(2, Init = Initializer.He, InitScale = 1)] partial class Net;")]
    [InlineData("NETG030", "Name = nameof(A)", "[Network, Input(4), Dense(2), Tanh(Name = \"A\"), ReLU(Name = \"b\"), Dense(2, Name = nameof(A))] partial class Net; class A;")]
    [InlineData("NETG031", "From = \"stm\"", "[Network, Input(4), Dense(2, Name = \"stem\"), Dense(2, From = \"stm\")] partial class Net;")]
    [InlineData("NETG031", "\"stm\"", "[Network, Input(4), Dense(2), Add(\"stm\")] partial class Net;")]
    [InlineData("NETG032", "From = \"b\"", "[Network, Input(4), Dense(2, Name = \"a\", From = \"b\"), Dense(2, Name = \"b\", From = \"a\")] partial class Net;")]
    [InlineData("NETG032", "From = \"a\"", "[Network, Input(4), Dense(2, Name = \"a\", From = \"a\")] partial class Net;")]
    [InlineData("NETG033", "Name = \"a.b\"", "[Network, Input(4), Dense(2, Name = \"a.b\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"a\"", "[Network, Input(4), Dense(3, Name = \"a\"), Dense(3, Share = \"a\")] partial class Net;")]
    [InlineData("NETG040", "Dense(2)", "[Network, Input(1, 8, 8), Dense(2)] partial class Net;")]
    [InlineData("NETG041", "\"a\"", "[Network, Input(4), Dense(3, Name = \"a\"), Dense(2), Add(\"a\")] partial class Net;")]
    [InlineData("NETG041", "Residual<Inner>", "[Network, Input(4), Residual<Inner>] partial class Net; [Block, Dense(3)] class Inner;")]
    [InlineData("NETG041", "Parallel<A, B>", "[Network, Input(4, 3), Parallel<A, B>] partial class Net; [Block, Dense(3)] class A; [Block, Flatten] class B;")]
    [InlineData("NETG041", "\"a\"", "[Network, Input(2, 3, 4), Tanh(Name = \"a\"), Reshape(2, 4, 3), Multiply(\"a\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"res1\"",
        "[Network, Input(4), Residual<A>, Residual<B>(Share = \"res1\")] partial class Net; [Block, Dense(4)] class A; [Block, Dense(4), Tanh] class B;")]
    [InlineData("NETG034", "Share = \"res1\"",
        "[Network, Input(4), Residual<A>, Concat(\"input\"), Residual<A, B>(Share = \"res1\")] partial class Net; [Block, Dense(4)] class A; [Block, Dense(4)] class B;")]
    [InlineData("NETG034", "Share = \"repeat1\"", "[Network, Input(4), Repeat<A>(2), Repeat<A>(3, Share = \"repeat1\")] partial class Net; [Block, Dense(4)] class A;")]
    [InlineData("NETG034", "Share = \"parallel1\"", "[Network, Input(4), Parallel<A, A>, Parallel<A, A>(Share = \"parallel1\")] partial class Net; [Block, Dense(4)] class A;")]
    [InlineData("NETG034", "Share = \"a\"", "[Network, Input(4, 3), LSTM(3, Layers = 2, Name = \"a\"), LSTM(3, Share = \"a\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"a\"", "[Network, Input(4, 3), GRU(3, Name = \"a\"), GRU(3, Layers = 2, Share = \"a\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"a\"", "[Network, Input(4, 3), GRU(3, Name = \"a\"), GRU(4, Share = \"a\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"a\"", "[Network, Input(4), Dense(4, Name = \"a\"), Dense(4, Bias = false, Share = \"a\")] partial class Net;")]
    [InlineData("NETG034", "Share = \"input\"", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, Share = \"input\")] class A;")]
    [InlineData("NETG030", "Name = \"input\"", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, Name = \"input\")] class A;")]
    [InlineData("NETG042", "3, 3", "[Network, Input(4), Reshape(3, 3), Flatten, Dense(2)] partial class Net;")]
    [InlineData("NETG043", "Dense(100000)", "[Network, Input(100000), Dense(100000)] partial class Net;")]
    [InlineData("NETG020", "65536, 65536, 65536, 65536", "[Network, Input(65536, 65536, 65536, 65536), Flatten] partial class Net;")]
    [InlineData("NETG042", "4194304, 4194304, 1048576, -1", "[Network, Input(4), Reshape(4194304, 4194304, 1048576, -1)] partial class Net;")]
    [InlineData("NETG043", "Dense(65536)", "[Network, Input(65536, 1), Dense(65536), ReLU] partial class Net;")]
    [InlineData("NETG043", "Concat(\"a\", \"a\", \"a\", \"a\", \"a\")", "[Network, Input(500000000), Tanh(Name = \"a\"), Concat(\"a\", \"a\", \"a\", \"a\", \"a\")] partial class Net;")]
    [InlineData("NETG043", "Network", "[Network, Input(500000000), Tanh, Tanh, Tanh, Tanh, Tanh] partial class Net;")]
    [InlineData("NETG050", "SoftmaxCrossEntropy", "[Network, Input(4), Dense(1), SoftmaxCrossEntropy] partial class Net;")]
    [InlineData("NETG050", "SoftmaxCrossEntropy", "[Network, Input(4, 4), GRU(4), Permute(1, 0), Dense(4), SoftmaxCrossEntropy] partial class Net;")]
    [InlineData("NETG053", "Network(Stateful = true)", "[Network(Stateful = true), Input(4, 3), GRU(3)] partial class Net;")]
    [InlineData("NETG053", "Network(Stateful = true)", "[Network(Stateful = true), Input(4, 3), Dense(3), MeanSquaredError] partial class Net;")]
    [InlineData("NETG053", "GRU(3)",
        "[Network(Stateful = true), Input(4, 3), Bidirectional<Both>, Dense(3), MeanSquaredError] partial class Net; [Block, GRU(3)] class Both;")]
    [InlineData("NETG049", "Dense(2)", "[Network, Input(5, Type = InputType.Index), Dense(2)] partial class Net;")]
    [InlineData("NETG049", "Embedding(9, 2)", "[Network, Input(5), Embedding(9, 2)] partial class Net;")]
    [InlineData("NETG049", "Embedding(9, 2)", "[Network, Input(5, Type = InputType.Index), Embedding(9, 1), Flatten, Embedding(9, 2)] partial class Net;")]
    [InlineData("NETG049", "Concat(\"ids\")",
        "[Network, Input(5, Type = InputType.Index, Name = \"ids\"), Input(5, Name = \"x\"), Dense(2, From = \"x\"), Concat(\"ids\")] partial class Net;")]
    [InlineData("NETG020", "5, 2", "[Network, Input(5, 2, Type = InputType.Index), Embedding(9, 2)] partial class Net;")]
    [InlineData("NETG020", "Type = (InputType)7", "[Network, Input(5, Type = (InputType)7), Embedding(9, 2)] partial class Net;")]
    [InlineData("NETG020", "0", "[Network, Input(5, Type = InputType.Index), Embedding(0, 2)] partial class Net;")]
    [InlineData("NETG020", "1 << 25", "[Network, Input(5, Type = InputType.Index), Embedding(1 << 25, 2)] partial class Net;")]
    [InlineData("NETG020", "Scale = -1", "[Network, Input(5, Type = InputType.Index), Embedding(9, 2, Scale = -1)] partial class Net;")]
    [InlineData("NETG044", "LSTM(4)", "[Network, Input(5), LSTM(4)] partial class Net;")]
    [InlineData("NETG020", "0", "[Network, Input(5, 3), GRU(0)] partial class Net;")]
    [InlineData("NETG020", "Layers = 0", "[Network, Input(5, 3), LSTM(4, Layers = 0)] partial class Net;")]
    [InlineData("NETG020", "Dropout = 0.5f", "[Network, Input(5, 3), LSTM(4, Dropout = 0.5f)] partial class Net;")]
    [InlineData("NETG020", "Activation = (RecurrentActivation)5", "[Network, Input(5, 3), SimpleRNN(4, Activation = (RecurrentActivation)5)] partial class Net;")]
    [InlineData("NETG020", "3", "[Network, Input(5, 8), SelfAttention(3)] partial class Net;")]
    [InlineData("NETG020", "Window = 2", "[Network, Input(5, 8), SelfAttention(2, Window = 2)] partial class Net;")]
    [InlineData("NETG020", "Rotary = true", "[Network, Input(5, 6), SelfAttention(2, Rotary = true)] partial class Net;")]
    [InlineData("NETG020", "RotaryBase = 100", "[Network, Input(5, 8), SelfAttention(2, RotaryBase = 100)] partial class Net;")]
    [InlineData("NETG031", "\"a\"", "[Network, Input(5, 8), CrossAttention(\"a\", 2)] partial class Net;")]
    [InlineData("NETG044", "\"a\"", "[Network, Input(5, 8), Flatten(Name = \"a\"), Dense(4, From = \"input\"), CrossAttention(\"a\", 2)] partial class Net;")]
    [InlineData("NETG014", "Bidirectional<A>", "[Network, Input(5, 8), Bidirectional<A>] partial class Net; [Block, GRU(4), Conv1D(2, 3)] class A;")]
    [InlineData("NETG020", "Kind = (PositionKind)3", "[Network, Input(5, 8), PositionalEmbedding(Kind = (PositionKind)3)] partial class Net;")]
    [InlineData("NETG020", "Padding = (Padding)3", "[Network, Input(5, 8), Conv1D(2, 3, Padding = (Padding)3)] partial class Net;")]
    [InlineData("NETG052", "MeanOverTime", "[Network(Streaming = true), Input(5, 3), GRU(4), MeanOverTime, Dense(2)] partial class Net;")]
    [InlineData("NETG052", "GRU(4)", "[Network(Streaming = true), Input(5, 3), Bidirectional<A>] partial class Net; [Block, GRU(4)] class A;")]
    [InlineData("NETG052", "SelfAttention(2)", "[Network(Streaming = true), Input(5, 4), Dense(4), SelfAttention(2)] partial class Net;")]
    [InlineData("NETG052", "Conv1D(2, 3)", "[Network(Streaming = true), Input(5, 4), Conv1D(2, 3)] partial class Net;")]
    [InlineData("NETG052", "Flatten", "[Network(Streaming = true), Input(5, 4), LSTM(3), Flatten, Dense(2)] partial class Net;")]
    [InlineData("NETG052", "Network(Streaming = true)", "[Network(Streaming = true), Input(5), Dense(2)] partial class Net;")]
    [InlineData("NETG052", "Network(Streaming = true)", "[Network(Streaming = true), Input(5, 2, Name = \"a\"), Input(5, 2, Name = \"b\"), Add(\"a\")] partial class Net;")]
    [InlineData("NETG052", "Network(Streaming = true)", "[Network(Streaming = true), Input(5, 2), GRU(3), Output(\"a\"), Dense(2), Output(\"b\")] partial class Net;")]
    [InlineData("NETG043", "LSTM(2147483647)", "[Network, Input(1073741825, 1), LSTM(2147483647)] partial class Net;")]
    [InlineData("NETG043", "Bidirectional<A>", "[Network, Input(1, 1073741824), Bidirectional<A>] partial class Net; [Block, ReLU] class A;")]
    [InlineData("NETG049", "Output(\"raw\")", "[Network, Input(3, Type = InputType.Index), Output(\"raw\"), Embedding(10, 4), Output(\"b\")] partial class Net;")]
    [InlineData("NETG021", "Scale = -1", "[Network, Input(20, 8), PositionalEmbedding(Kind = PositionKind.Sinusoidal, Scale = -1)] partial class Net;")]
    [InlineData("NETG052", "CausalConv1D(1, 2, Dilation = 134217728)", "[Network(Streaming = true), Input(10, 16), CausalConv1D(1, 2, Dilation = 134217728)] partial class Net;")]
    public async Task Each_mistake_is_reported_at_the_attribute_that_caused_it(string id, string location, string source)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {source}");

        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
        Assert.Equal((id, location), (diagnostic.Id, diagnostic.Location.Text()));
        Assert.DoesNotContain(run.CompilerDiagnostics(), other => other.Severity >= DiagnosticSeverity.Warning);
    }

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
    [InlineData("[Network, Input(4, Name = \"a\"), Input(4, Name = \"output\"), Dense(4), MeanSquaredError] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(4), Output(\"output\"), MeanSquaredError, Tanh, Output(\"Output\"), SoftmaxCrossEntropy, Tanh, Output(\"loss\"), Huber] partial class Net;")]
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
        string page = File.ReadAllText(Path.Combine(DescriptorTests.Root, "docs", "diagnostics", $"{id}.md"));
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
