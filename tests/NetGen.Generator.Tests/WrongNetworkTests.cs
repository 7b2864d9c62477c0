using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Issues;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>
/// What people get wrong, and where they are told: each row is a wrong network with the place of each diagnostic in <c>[| |]</c>. It gives these and no other, of NetGen or of the
/// C# compiler.
/// </summary>
public sealed class WrongNetworkTests
{
    private static readonly (string Id, string Source)[] Table =
    [
        ("NETG001", "[[|Network|], Input(4), Dense(2)] class Net;"),
        ("NETG002", "[[|Network|], Input(4), Dense(2)] static partial class Net;"),
        ("NETG003", "[Network, Input(4)] partial class Net; [[|Dense(3)|], ReLU] partial class Net;"),
        ("NETG004", "[[|Network|], Input(4), Dense(2)] partial class State;"),
        ("NETG004", "[[|Network|], Input(4), Dense(2), Output(\"a\")] partial class ARange;"),
        ("NETG005", "[[|Network|], Input(4), Dense(2)] partial class Net { public int StepCount { get; set; } }"),
        ("NETG005", "[[|Network|], Input(4, 3), LSTM(2)] partial class Net { public int Step { get; set; } }"),
        ("NETG005", "[[|Network|], Input(4), Dense(2), Output(\"a\")] partial class Net { public int ARange { get; set; } }"),
        ("NETG006", "[[|Input(4)|], Dense(2)] partial class Net;"),
        ("NETG006", "[Dense(2), [|Input(4)|], Input(5)] class Net;"),
        ("NETG010", "[[|Network|], Dense(2)] partial class Net;"),
        ("NETG011", "[Network, [|Dense(3)|], Input(4), Dense(2)] partial class Net;"),
        ("NETG012", "[[|Network|], Input(4)] partial class Net;"),
        ("NETG012", "[[|Network|], Input(4), Output(\"a\"), MeanSquaredError] partial class Net;"),
        ("NETG013", "[Network, Input(4), Dense(2), [|MeanSquaredError|], Softmax] partial class Net;"),
        ("NETG013", "[Network, Input(4), Dense(2), [|MeanSquaredError|], Huber] partial class Net;"),
        ("NETG013", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, [|Huber|]] partial class Net;"),
        ("NETG013", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Dense(2), [|MeanSquaredError|], Output(\"b\")] partial class Net;"),
        ("NETG013", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4), [|Output(\"a\")|]] class A;"),
        ("NETG014", "[Network, Input(4), [|Residual<Plain>|]] partial class Net; [Dense(4)] class Plain;"),
        ("NETG014", "[Network, Input(4), Residual<Self>] partial class Net; [Block, Dense(4), [|Repeat<Self>(2)|]] class Self;"),
        ("NETG014", "[Network, Input(4), [|Residual<Torn>|]] partial class Net; [Block, Dense(4)] partial class Torn; [Tanh] partial class Torn;"),
        ("NETG014", "[Network, Input(5, 8), [|Bidirectional<A>|]] partial class Net; [Block, GRU(4), Conv1D(2, 3)] class A;"),
        ("NETG015", "[Network, Input(4), Dense(2), Output(\"a\"), [|Tanh|]] partial class Net;"),
        ("NETG016", "[Network, Input(4), Dense(2), [|Activation<Net.Hidden>|]] partial class Net { private struct Hidden : IActivationFunction { public static V Value<V>(V x) where V : struct, ILanes<V> => x; public static V Derivative<V>(V x) where V : struct, ILanes<V> => x; } }"),
        ("NETG016", "[Network, Input(4), Dense(2), [|Loss<Hidden>|]] partial class Net; file struct Hidden : ILossFunction { public static V Value<V>(V x, V t) where V : struct, ILanes<V> => x; public static V Derivative<V>(V x, V t) where V : struct, ILanes<V> => x; }"),
        ("NETG020", "[Network, Input(4), Dense(2), Output(\"a\", [|Weight = 0|]), MeanSquaredError] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense([|0|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense([|units: -3|], Bias = false)] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dropout([|1f|]), Dense(2)] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dropout([|-0.1f|]), Dense(2)] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dropout([|float.NaN|]), Dense(2)] partial class Net;"),
        ("NETG020", "[Network, Input([|2, 0|]), Dense(2)] partial class Net;"),
        ("NETG020", "[Network, [|Input|], Dense(2)] partial class Net;"),
        ("NETG020", "[Network, Input([|1, 2, 3, 4, 5|]), Flatten, Dense(2)] partial class Net;"),
        ("NETG020", "[Network, Input(4), Repeat<Inner>([|0|])] partial class Net; [Block, Dense(4)] class Inner;"),
        ("NETG020", "[Network, Input(4), Dense(2, [|Init = (Initializer)99|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Residual<Outer>] partial class Net; [Block, Residual<Inner>] class Outer; [Block, Dense([|-4|])] class Inner;"),
        ("NETG020", "[Network, Input([|65536, 65536, 65536, 65536|]), Flatten] partial class Net;"),
        ("NETG020", "[Network, Input([|5, 2|], Type = InputType.Index), Embedding(9, 2)] partial class Net;"),
        ("NETG020", "[Network, Input(5, [|Type = (InputType)7|]), Embedding(9, 2)] partial class Net;"),
        ("NETG020", "[Network, Input(5, Type = InputType.Index), Embedding([|0|], 2)] partial class Net;"),
        ("NETG020", "[Network, Input(5, Type = InputType.Index), Embedding([|1 << 25|], 2)] partial class Net;"),
        ("NETG020", "[Network, Input(5, Type = InputType.Index), Embedding(9, 2, [|Scale = -1|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 3), GRU([|0|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 3), LSTM(4, [|Layers = 0|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 3), LSTM(4, [|Dropout = 0.5f|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 3), SimpleRNN(4, [|Activation = (RecurrentActivation)5|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 8), SelfAttention([|3|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 8), SelfAttention(2, [|Window = 2|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 6), SelfAttention(2, [|Rotary = true|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 8), SelfAttention(2, [|RotaryBase = 100|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 8), PositionalEmbedding([|Kind = (PositionKind)3|])] partial class Net;"),
        ("NETG020", "[Network, Input(5, 8), Conv1D(2, 3, [|Padding = (Padding)3|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SoftmaxCrossEntropy([|LabelSmoothing = 1|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SoftmaxCrossEntropy([|ClassWeights = new[] { 1f }|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(3), SigmoidCrossEntropy([|PositiveWeights = new[] { 1f, 2f }|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SigmoidCrossEntropy([|PositiveWeights = new[] { 0f }|])] partial class Net;"),
        ("NETG020", "[Network, Input(2, 4, 4), Conv2D(2, 3), SigmoidCrossEntropy([|PositiveWeights = new[] { 1f, 1f, 1f, 1f }|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(4), Contrastive([|margin: 0f|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SoftmaxFocal([|ClassWeights = new[] { 1f, 0f }|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SoftmaxFocal([|-1|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), SigmoidFocal([|alpha: 1|])] partial class Net;"),
        ("NETG020", "[Network, Input(4), Dense(2), Quantile([|0|])] partial class Net;"),
        ("NETG021", "[Network, Input(4), Dense(2, Init = Initializer.He, [|InitScale = 1|])] partial class Net;"),
        ("NETG021", "[Network, Input(20, 8), PositionalEmbedding(Kind = PositionKind.Sinusoidal, [|Scale = -1|])] partial class Net;"),
        ("NETG022", "[Network, Input(4), Dense(2)] partial class Encoder; [[|Network|], Input(Encoder.OutputSize), Dense(2)] partial class Net;"),
        ("NETG030", "[Network, Input(4), Dense(2), Output(\"a\"), Tanh, Output([|\"a\"|])] partial class Net;"),
        ("NETG030", "[Network, Input(4), Dense(2), Tanh(Name = \"A\"), ReLU(Name = \"b\"), Dense(2, [|Name = nameof(A)|])] partial class Net; class A;"),
        ("NETG030", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, [|Name = \"input\"|])] class A;"),
        ("NETG030", "[Network, Input(4), Dense(2), Dense(2), Tanh([|Name = \"dense1\"|])] partial class Net;"),
        ("NETG031", "[Network, Input(4), Dense(2, Name = \"stem\"), Dense(2, [|From = \"stm\"|])] partial class Net;"),
        ("NETG031", "[Network, Input(4), Dense(2), Add([|\"stm\"|])] partial class Net;"),
        ("NETG031", "[Network, Input(5, 8), CrossAttention([|\"a\"|], 2)] partial class Net;"),
        ("NETG031", "[Network, Input(4), Tanh(Name = \"a\"), Add(\"a\", [|\"b\"|], \"input\")] partial class Net;"),
        ("NETG031", "[Network, Input(4), Tanh(Name = \"a\"), Add([|new[] { \"a\", \"b\" }|])] partial class Net;"),
        ("NETG032", "[Network, Input(4), Dense(2, Name = \"a\", [|From = \"b\"|]), Dense(2, Name = \"b\", From = \"a\")] partial class Net;"),
        ("NETG032", "[Network, Input(4), Dense(2, Name = \"a\", [|From = \"a\"|])] partial class Net;"),
        ("NETG032", "[Network, Input(4), Concat(\"input\", [|\"later\"|]), Dense(4, Name = \"later\")] partial class Net;"),
        ("NETG033", "[Network, Input(4), Dense(2, [|Name = \"a.b\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4), Dense(3, Name = \"a\"), Dense(3, [|Share = \"a\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4), Residual<A>, Residual<B>([|Share = \"res1\"|])] partial class Net; [Block, Dense(4)] class A; [Block, Dense(4), Tanh] class B;"),
        ("NETG034", "[Network, Input(4), Residual<A>, Concat(\"input\"), Residual<A, B>([|Share = \"res1\"|])] partial class Net; [Block, Dense(4)] class A; [Block, Dense(4)] class B;"),
        ("NETG034", "[Network, Input(4), Repeat<A>(2), Repeat<A>(3, [|Share = \"repeat1\"|])] partial class Net; [Block, Dense(4)] class A;"),
        ("NETG034", "[Network, Input(4), Parallel<A, A>, Parallel<A, A>([|Share = \"parallel1\"|])] partial class Net; [Block, Dense(4)] class A;"),
        ("NETG034", "[Network, Input(4, 3), LSTM(3, Layers = 2, Name = \"a\"), LSTM(3, [|Share = \"a\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4, 3), GRU(3, Name = \"a\"), GRU(3, Layers = 2, [|Share = \"a\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4, 3), GRU(3, Name = \"a\"), GRU(4, [|Share = \"a\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4), Dense(4, Name = \"a\"), Dense(4, Bias = false, [|Share = \"a\"|])] partial class Net;"),
        ("NETG034", "[Network, Input(4), Residual<A>] partial class Net; [Block, Dense(4, [|Share = \"input\"|])] class A;"),
        ("NETG040", "[Network, Input(1, 8, 8), [|Dense(2)|]] partial class Net;"),
        ("NETG041", "[Network, Input(4), Dense(3, Name = \"a\"), Dense(2), Add([|\"a\"|])] partial class Net;"),
        ("NETG041", "[Network, Input(4), [|Residual<Inner>|]] partial class Net; [Block, Dense(3)] class Inner;"),
        ("NETG041", "[Network, Input(4, 3), [|Parallel<A, B>|]] partial class Net; [Block, Dense(3)] class A; [Block, Flatten] class B;"),
        ("NETG041", "[Network, Input(2, 3, 4), Tanh(Name = \"a\"), Reshape(2, 4, 3), Multiply([|\"a\"|])] partial class Net;"),
        ("NETG041", "[Network, Input(4), Tanh(Name = \"a\"), Dense(3, Name = \"b\"), Dense(4), Add(\"a\", [|\"b\"|], \"input\")] partial class Net;"),
        ("NETG042", "[Network, Input(4), Reshape([|3, 3|]), Flatten, Dense(2)] partial class Net;"),
        ("NETG042", "[Network, Input(4), Reshape([|4194304, 4194304, 1048576, -1|])] partial class Net;"),
        ("NETG043", "[Network, Input(100000), [|Dense(100000)|]] partial class Net;"),
        ("NETG043", "[Network, Input(65536, 1), [|Dense(65536)|], ReLU] partial class Net;"),
        ("NETG043", "[Network, Input(500000000), Tanh(Name = \"a\"), [|Concat(\"a\", \"a\", \"a\", \"a\", \"a\")|]] partial class Net;"),
        ("NETG043", "[[|Network|], Input(500000000), Tanh, Tanh, Tanh, Tanh, Tanh] partial class Net;"),
        ("NETG043", "[Network, Input(1073741825, 1), [|LSTM(2147483647)|]] partial class Net;"),
        ("NETG043", "[Network, Input(1, 1073741824), [|Bidirectional<A>|]] partial class Net; [Block, ReLU] class A;"),
        ("NETG044", "[Network, Input(5), [|LSTM(4)|]] partial class Net;"),
        ("NETG044", "[Network, Input(5, 8), Flatten(Name = \"a\"), Dense(4, From = \"input\"), CrossAttention([|\"a\"|], 2)] partial class Net;"),
        ("NETG045", "[Network, Input(1, 4, 4), Conv2D(2, [|5|], Padding = Padding.None)] partial class Net;"),
        ("NETG046", "[Network, Input(1, 8, 8), Conv2D(2, [|4|])] partial class Net;"),
        ("NETG047", "[Network, Input(3, 8, 8), Conv2D(4, 3, [|Groups = 2|])] partial class Net;"),
        ("NETG048", "[Network, Input(1, 5, 5), MaxPool2D([|2|])] partial class Net;"),
        ("NETG049", "[Network, Input(5, Type = InputType.Index), [|Dense(2)|]] partial class Net;"),
        ("NETG049", "[Network, Input(5), [|Embedding(9, 2)|]] partial class Net;"),
        ("NETG049", "[Network, Input(5, Type = InputType.Index), Embedding(9, 1), Flatten, [|Embedding(9, 2)|]] partial class Net;"),
        ("NETG049", "[Network, Input(5, Type = InputType.Index, Name = \"ids\"), Input(5, Name = \"x\"), Dense(2, From = \"x\"), Concat([|\"ids\"|])] partial class Net;"),
        ("NETG049", "[Network, Input(3, Type = InputType.Index), [|Output(\"raw\")|], Embedding(10, 4), Output(\"b\")] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Dense(1), Output(\"b\"), [|SoftmaxCrossEntropy|]] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(1), [|SoftmaxCrossEntropy|]] partial class Net;"),
        ("NETG050", "[Network, Input(4, 4), GRU(4), Permute(1, 0), Dense(4), [|SoftmaxCrossEntropy|]] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(1), [|KLDivergence|]] partial class Net;"),
        ("NETG050", "[Network, Input(2, 4, 4), Conv2D(2, 3), [|CosineDistance|]] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(5), [|Contrastive|]] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(4), [|Triplet(0.5f)|]] partial class Net;"),
        ("NETG050", "[Network, Input(6, 4), Dense(4), [|Contrastive|]] partial class Net;"),
        ("NETG050", "[Network, Input(4), Dense(1), [|SoftmaxFocal|]] partial class Net;"),
        ("NETG051", "[Network, Input(4), Dense(2), Output(\"a\"), MeanSquaredError, Tanh, [|Output(\"b\")|]] partial class Net;"),
        ("NETG052", "[Network(Streaming = true), Input(5, 3), GRU(4), [|MeanOverTime|], Dense(2)] partial class Net;"),
        ("NETG052", "[Network(Streaming = true), Input(5, 3), Bidirectional<A>] partial class Net; [Block, [|GRU(4)|]] class A;"),
        ("NETG052", "[Network(Streaming = true), Input(5, 4), Dense(4), [|SelfAttention(2)|]] partial class Net;"),
        ("NETG052", "[Network(Streaming = true), Input(5, 4), [|Conv1D(2, 3)|]] partial class Net;"),
        ("NETG052", "[Network(Streaming = true), Input(5, 4), LSTM(3), [|Flatten|], Dense(2)] partial class Net;"),
        ("NETG052", "[[|Network(Streaming = true)|], Input(5), Dense(2)] partial class Net;"),
        ("NETG052", "[[|Network(Streaming = true)|], Input(5, 2, Name = \"a\"), Input(5, 2, Name = \"b\"), Add(\"a\")] partial class Net;"),
        ("NETG052", "[[|Network(Streaming = true)|], Input(5, 2), GRU(3), Output(\"a\"), Dense(2), Output(\"b\")] partial class Net;"),
        ("NETG052", "[Network(Streaming = true), Input(10, 16), [|CausalConv1D(1, 2, Dilation = 134217728)|]] partial class Net;"),
        ("NETG053", "[[|Network(Stateful = true)|], Input(4, 3), GRU(3)] partial class Net;"),
        ("NETG053", "[[|Network(Stateful = true)|], Input(4, 3), Dense(3), MeanSquaredError] partial class Net;"),
        ("NETG053", "[Network(Stateful = true), Input(4, 3), Bidirectional<Both>, Dense(3), MeanSquaredError] partial class Net; [Block, [|GRU(3)|]] class Both;"),
        ("NETG070", "[Network, Budget([|Parameters = 9|]), Input(4), Dense(2)] partial class Net;"),
        ("NETG070", "[Network, Budget(Parameters = 10_000, [|Flops = 100|]), Input(4), Dense(300), Dense(2)] partial class Net;"),
        ("NETG071", "[Network, [|Budget|], Input(4), Dense(2)] partial class Net;"),
        ("NETG071", "[Network, Budget([|Flops = -1|]), Input(4), Dense(2)] partial class Net;"),
        ("NETG080", "[Network, Input(4), Dense(2), [|Softmax|], SoftmaxCrossEntropy] partial class Net;"),
        ("NETG080", "[Network, Input(5, 4), Dense(2), [|Softmax()|], SoftmaxCrossEntropy] partial class Net;"),
        ("NETG080", "[Network, Input(4), Dense(1), [|Sigmoid|], SigmoidCrossEntropy] partial class Net;"),
        ("NETG080", "[Network, Input(4), Dense(2), [|Sigmoid|], SoftmaxCrossEntropy] partial class Net;"),
        ("NETG080", "[Network, Input(4), Dense(2), [|Tanh|], SigmoidCrossEntropy] partial class Net;"),
        ("NETG080", "[Network, Input(4), Repeat<A>(2), SoftmaxCrossEntropy] partial class Net; [Block, Dense(4), [|ReLU|]] class A;"),
        ("NETG080", "[Network, Input(4), Dense(2), Output(\"a\"), SoftmaxCrossEntropy, Dense(2), [|Softmax|], Output(\"b\"), SoftmaxCrossEntropy] partial class Net;"),
        ("NETG081", "[Network, Input(4), Dense(2), [|ReLU|], MeanSquaredError] partial class Net;"),
        ("NETG081", "[Network, Input(4), Dense(2), [|ReLU|], Huber] partial class Net;"),
        ("NETG081", "[Network, Input(4), Dense(2), [|ReLU(From = \"dense1\")|], Output(\"a\", Weight = 2), MeanAbsoluteError] partial class Net;"),
        ("NETG082", "[Network, Input(4), Dense(2), ReLU, [|Tanh|], Dense(2)] partial class Net;"),
        ("NETG082", "[Network, Input(4), Dense(2), ReLU, [|LeakyReLU(0.1f)|], [|PReLU|], Dense(2)] partial class Net;"),
        ("NETG082", "[Network, Input(4), Dense(2), GELU(Name = \"a\"), Dense(2), [|GELU(From = \"a\")|], Add(\"dense2\")] partial class Net;"),
        ("NETG082", "[Network, Input(4), Repeat<A>(2), [|SiLU|], Dense(2)] partial class Net; [Block, Dense(4), SiLU] class A;"),
        ("NETG082", "[Network, Input(4), Dense(4), ReLU, Dropout(0), [|Sigmoid|], Dense(2)] partial class Net;"),
        ("NETG083", "[Network, Input(4), Dense(2), [|Dropout(0.5f)|], MeanSquaredError] partial class Net;"),
        ("NETG083", "[Network, Input(4, 3), Dense(2), [|SpatialDropout(0.5f)|], MeanSquaredError] partial class Net;"),
        ("NETG084", "[Network, Input(4), Dropout(0.5f), [|BatchNorm|], Dense(2)] partial class Net;"),
        ("NETG084", "[Network, Input(2, 4, 4), SpatialDropout(0.5f), [|BatchNorm(Momentum = 0.2f)|]] partial class Net;"),
        ("NETG085", "[Network, Input(4), [|Dense(2)|], BatchNorm] partial class Net;"),
        ("NETG085", "[Network, Input(2, 4, 4), Conv2D(4, 3, [|Bias = true|], Stride = 2), BatchNorm, [|ConvTranspose2D(2, 2)|], BatchNorm] partial class Net;"),
        ("NETG085", "[Network, Input(4), Residual<A>, Repeat<A>(2)] partial class Net; [Block, [|Dense(4)|], BatchNorm] class A;"),
        ("NETG086", "[Network, Input(4), [|Dense(2)|], Dense(3, From = \"input\")] partial class Net;"),
        ("NETG086", "[Network, Input(4), Dense(2), ReLU, [|Dense(2)|], Dense(3, From = \"input\")] partial class Net;"),
        ("NETG086", "[Network, [|Input(4, Name = \"a\")|], Input(3, Name = \"b\"), Dense(2)] partial class Net;"),
        ("NETG086", "[Network, Input(4), [|Repeat<A>(2)|], Dense(3, From = \"input\")] partial class Net; [Block, Dense(4)] class A;"),
        ("NETG086", "[Network, Input(4), Residual<A>] partial class Net; [Block, [|Dense(3)|], Dense(4, From = \"input\")] class A;"),
        ("NETG087", "[Network([|Unroll = Unroll.Always|]), Input(784), Dense(128), ReLU, Dense(512), ReLU, Dense(10)] partial class Net;"),
    ];

    /// <summary>All rows in one compilation: what the C# compiler does once takes longer than all of them.</summary>
    private static readonly Lazy<Task<(ImmutableArray<Diagnostic> OfNetGen, ImmutableArray<Diagnostic> OfCompiler)>> Found = new(async () =>
    {
        GeneratorRun run = GeneratorHarness.Run(Table.Select((row, index) => Unmarked($"using NetGen; namespace Row{index}; {row.Source}").Text));
        return (await run.AnalyzeAsync(CancellationToken.None), run.CompilerDiagnostics());
    });

    public static TheoryData<int, string, string> Rows => [.. Table.Select((row, index) => (index, row.Id, row.Source))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_wrong_network_gives_its_diagnostics_at_their_places_and_no_other(int row, string id, string source)
    {
        (ImmutableArray<Diagnostic> found, _) = await Found.Value;
        (string text, TextSpan[] places) = Unmarked($"using NetGen; namespace Row{row}; {source}");
        Diagnostic[] told = [.. found.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == $"File{row}.cs")];
        Assert.NotEmpty(places);
        Assert.Equal(places.Select(place => (id, text[place.Start..place.End], place)), told.Select(diagnostic => (diagnostic.Id, diagnostic.Location.Text(), diagnostic.Location.SourceSpan)));
    }

    [Fact]
    public async Task The_compiler_has_nothing_to_add_to_them() => Assert.Empty((await Found.Value).OfCompiler);

    [Fact]
    public void Every_mistake_has_a_row()
    {
        // Those of weights need files, and are tested with them.
        IEnumerable<string> ids = IssueDescriptors.All.Select(issue => issue.Id).Where(id => !id.StartsWith("NETG06", StringComparison.Ordinal));

        Assert.Equal(ids, Table.Select(row => row.Id).Distinct());
    }

    [Theory]
    [InlineData("Dense(4), Softplus, Tanh, Multiply(\"dense1\"), Dense(2)", "Mish")]
    [InlineData("Dense(2), LeakyReLU, MeanSquaredError", "numbers of both signs")]
    [InlineData("Dense(2), Softplus, MeanSquaredError", "predictions that are positive, as their targets")]
    [InlineData("Dense(2), Sigmoid, MeanSquaredError", "predictions between 0 and 1, as their targets")]
    [InlineData("Dense(2), ReLU", "no loss")]
    [InlineData("Dense(6), ReLU, Triplet", "embeddings, which are not compared with targets")]
    [InlineData("Dense(6), ReLU, Contrastive", "embeddings, which are not compared with targets")]
    [InlineData("Dense(2), Softmax", "no loss")]
    [InlineData("Dense(2), Dropout(0), MeanSquaredError", "nothing is dropped")]
    [InlineData("Dense(4), Dropout(0.5f), Add(\"input\"), MeanSquaredError", "the output is a sum")]
    [InlineData("Residual<Inner>, ReLU, Dense(2)", "an activation of a sum")]
    [InlineData("Dropout(0.5f), Dense(4, Bias = false), BatchNorm, Dense(2)", "a layer between dropout and norm")]
    [InlineData("Dense(4, Name = \"a\"), BatchNorm, Add(\"a\"), Dense(2)", "the bias has another reader")]
    [InlineData("Dense(4, Name = \"a\", Bias = false), BatchNorm, Dense(4, Share = \"a\", Bias = false), BatchNorm, Dense(2)", "no bias")]
    [InlineData("Dense(4, Name = \"a\"), ReLU, Dense(4, Share = \"a\"), BatchNorm, Dense(2)", "the bias of another layer")]
    [InlineData("Dense(4, Name = \"a\"), BatchNorm, Dense(4, Share = \"a\"), ReLU, Dense(2)", "another layer has the bias, and no norm behind it")]
    [InlineData("Dense(4), LayerNorm, Dense(2)", "a mean over all channels, which takes no bias away")]
    public async Task What_is_meant_gives_nothing(string elements, string reason)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(reason);
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; [Network, Input(4), {elements}] partial class Net; [Block, Dense(4), ReLU] class Inner;");

        Assert.Empty(await run.AnalyzeAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The text without its marks, and what they mark.</summary>
    private static (string Text, TextSpan[] Places) Unmarked(string marked)
    {
        string[] parts = [.. marked.Split("[|").SelectMany((part, index) => index == 0 ? [part] : part.Split("|]"))];
        int[] starts = [.. parts.Select((_, index) => parts.Take(index).Sum(part => part.Length))];
        return (string.Concat(parts), [.. Enumerable.Range(0, parts.Length).Where(index => index % 2 == 1).Select(index => new TextSpan(starts[index], parts[index].Length))]);
    }
}
