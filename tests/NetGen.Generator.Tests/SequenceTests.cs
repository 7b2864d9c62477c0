using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Networks of sequences whose generated code is easily wrong: it must compile without a warning, and stream where it can.</summary>
public sealed class SequenceTests
{
    [Theory]
    [InlineData(false, "[Network, Input(16, 4), LSTM(8), LastStep, Dense(64), Reshape(16, 4), LSTM(8), Dense(4), MeanSquaredError] partial class Net;")]
    [InlineData(false, "[Network, Input(8, 16), LastStep, Reshape(8, 2), MeanOverTime, Dense(1)] partial class Net;")]
    [InlineData(false, "[Network, Input(2, 3), MeanOverTime, Flatten(From = \"input\"), Dense(2)] partial class Net;")]
    [InlineData(true, "[Network, Input(2, 3), MeanOverTime, Dense(2, From = \"input\")] partial class Net;")]
    [InlineData(false, "[Network, Input(10, 16), CausalConv1D(1, 2, Dilation = 134217728)] partial class Net;")]
    [InlineData(true, "[Network, Input(10, 16), CausalConv1D(1, 2, Dilation = 3), LSTM(3)] partial class Net;")]
    [InlineData(true,
        "[Network, Input(9, 4, Name = \"lengths\"), GRU(4, Name = \"Step\"), SelfAttention(2, Causal = true, Name = \"stream\"), Dense(2, Name = \"position\"), MeanSquaredError] "
        + "partial class Net;")]
    [InlineData(true, "[Network, Input(9, Type = InputType.Index, Name = \"samples\"), Embedding(5, 4), LSTM(4, Name = \"state\"), Dense(5), SoftmaxCrossEntropy] partial class Net;")]
    [InlineData(false,
        "[Network, Input(9, Type = InputType.Index, Name = \"lengths\"), Input(9, Name = \"row\"), Embedding(5, 4, From = \"lengths\"), LSTM(4), LastStep, Concat(\"row\"), Dense(5)] "
        + "partial class Net;")]
    [InlineData(true, "[Network, Input(9, 4), LSTM(4)] sealed partial record Net;")]
    [InlineData(true, "[Network, Input(9, 4), GRU(4), LastStep(Name = \"last\"), Dense(2), Output(\"a\"), Dense(3, From = \"last\"), Output(\"b\")] partial class Net;")]
    [InlineData(true, "[Network(Stateful = true), Input(9, 4, Name = \"carried\"), GRU(4, Name = \"pass\"), Dense(2), MeanSquaredError] sealed partial record Net;")]
    public void The_code_of_a_network_of_sequences_compiles(bool streams, string source)
    {
        GeneratorRun run = GeneratorHarness.Run($"using NetGen; {source}");

        Assert.Empty(run.CompilerDiagnostics());
        Assert.Equal(streams, Assert.Single(run.Sources).Value.Contains("global::NetGen.IStreaming", StringComparison.Ordinal));
    }
}
