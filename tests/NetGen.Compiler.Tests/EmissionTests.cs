using System.Globalization;
using NetGen.Compiler.Emit;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

public sealed class EmissionTests
{
    private const string Everything =
        "[Input(2, 3, Name = \"image\"), Input(4, Name = \"meta\")]\n" +
        "[Standardize(From = \"meta\", Name = \"scaled\")]\n" +
        "[Flatten(From = \"image\"), Rescale(1f / 255), Concat(\"scaled\"), Dense(8), GELU, Dropout(0.25f)]\n" +
        "[Residual<Inner>, LeakyReLU, Dense(3)]\n" +
        "[SoftmaxCrossEntropy]";

    private const string Inner = "[Block, Dense(8, Init = Initializer.Normal), SiLU, Dense(8)] file class Inner;";

    [Fact]
    public void The_xor_network_reads_like_a_text_book() =>
        Snapshot.Verify(Generate("[Input(2), Dense(4), Tanh, Dense(1)]\n[SigmoidCrossEntropy]"));

    [Fact]
    public void A_small_network_is_straight_line_code() => Snapshot.Verify(Generate("[Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3)]"));

    [Theory]
    [InlineData(32, 64)]
    [InlineData(33, 49)]
    public void A_training_loop_of_more_columns_is_no_longer(int few, int many)
    {
        Assert.NotEqual(0, Broadcasts(few));
        Assert.Equal(Broadcasts(few), Broadcasts(many));

        static int Broadcasts(int columns) => Generate($"[Input(4), Dense({columns}), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]").Split("V.Broadcast(").Length - 1;
    }

    [Fact]
    public void Why_a_convolution_is_computed_as_it_is_stands_at_the_first_that_is()
    {
        string text = Generate("[Input(16, 8, 8), Conv2D(16, 3), BatchNorm, ReLU, Conv2D(16, 3), Conv2D(4, 1)]\n[MeanSquaredError]");
        Assert.Equal(2, text.Split("as many channels as these outweigh").Length);
        Assert.Contains("FLOPs a sample\n        // By Winograd's minimal filtering, F(2x2, 3x3): see conv2d1.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sums_of_a_norms_gradient_are_called_what_they_are()
    {
        string text = Generate("[Input(16, 8, 8), Conv2D(16, 3), BatchNorm, GroupNorm(2)]\n[MeanSquaredError]");
        Assert.Contains("batchnorm1GradientSums", text, StringComparison.Ordinal);
        Assert.Contains("groupnorm1GradientSums", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SumTo", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_with_two_inputs_a_block_and_dropout() => Snapshot.Verify(Generate(Everything, Inner));

    [Fact]
    public void A_network_without_a_loss_only_predicts() => Snapshot.Verify(Generate("[Input(5, 4), Dense(3), Softmax]"));

    [Fact]
    public void Several_outputs_are_one_row() => Snapshot.Verify(Generate(
        "[Input(64), Dense(32), ReLU(Name = \"features\")]\n[Dense(10), Output(\"digit\"), SoftmaxCrossEntropy]\n" +
        "[Dense(1, From = \"features\"), Output(\"slant\", Weight = 0.5f), MeanSquaredError]"));

    [Fact]
    public void A_network_that_only_predicts_folds_its_norms()
    {
        const string layers = "[Input(1, 6, 6), Rescale(1f / 255), Conv2D(4, 3), BatchNorm, ReLU, Flatten, Dense(2), SoftmaxCrossEntropy]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile($"using NetGen;\n[Network] {layers} public sealed partial class Network;");
        var network = plain.Create<INetwork>("Network");
        network.Parameters.Clear();
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Compilation($"using NetGen;\n[Network(Mode = NetworkMode.Inference), Weights(\"zeros.safetensors\")] {layers} public sealed partial class Network;"),
            WeightsFile.Of("zeros.safetensors", network));
        Snapshot.Verify(run.Sources.Single().Value);
    }

    [Fact]
    public void A_network_with_a_mistake_keeps_its_members() => Snapshot.Verify(Generate("[Input(4), Dense(0)]\n[MeanSquaredError]"));

    [Fact]
    public void Predict_calls_the_methods_of_Forward_where_dropout_is_all_that_differs()
    {
        string text = Generate("[Input(64), Dense(32), ReLU, Dropout(0.5f), Dense(32), ReLU, Dense(10)]\n[SoftmaxCrossEntropy]");
        string predict = text.Split(" static void Predict(")[1].Split("\n        }\n")[0];

        Assert.Contains("Dense2Forward(batch, relu1,", predict, StringComparison.Ordinal);
        Assert.DoesNotContain("Dense2Predict", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_specification_gives_the_same_text_in_every_culture()
    {
        string expected = Generate(Everything, Inner);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var custom = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            custom.NumberFormat.NumberDecimalSeparator = ",";
            custom.NumberFormat.NumberGroupSeparator = ".";
            custom.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = custom;
            Assert.Equal(expected, Generate(Everything, Inner));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_has_unix_line_ends_and_no_trailing_blanks()
    {
        string text = Generate(Everything, Inner);
        Assert.DoesNotContain('\r', text);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Initial_values_do_not_change_the_identity_of_a_network_and_constants_do()
    {
        Assert.Equal(Hash("[Input(2), Dense(4), ReLU]"), Hash("[Input(2), Dense(4, Init = Initializer.Zeros), ReLU]"));
        Assert.Equal(Hash("[Input(2), Dense(4)]"), Hash("[Input(2), Dense(4, Bias = true)]"));
        Assert.NotEqual(
            Hash("[Input(2), Dense(8), Residual<X>]", "[Block, ReLU, Dense(8)] file class X;"),
            Hash("[Input(2), Dense(8), ReLU, Residual<X>]", "[Block, Dense(8)] file class X;"));
        Assert.NotEqual(Hash("[Input(2), Dense(4), LeakyReLU]"), Hash("[Input(2), Dense(4), LeakyReLU(0.2f)]"));
        Assert.NotEqual(Hash("[Input(2), Dense(4), ReLU]"), Hash("[Input(2), Dense(4), Tanh]"));
    }

    [Theory]
    [InlineData(0.1f, "0.1f")]
    [InlineData(1f / 3, "0.333333343f")]
    [InlineData(-1e-30f, "-1E-30f")]
    [InlineData(float.MaxValue, "3.40282347E+38f")]
    [InlineData(float.NaN, "float.NaN")]
    [InlineData(float.NegativeInfinity, "float.NegativeInfinity")]
    public void Floats_read_back_as_the_same_bits(float value, string text)
    {
        Assert.Equal(text, Literal.Of(value));
        if (float.IsFinite(value))
        {
            Assert.Equal(value, float.Parse(text.TrimEnd('f'), CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Constants_of_tensors_that_would_have_one_name_have_two()
    {
        string text = Generate("[Input(4), Dense(4, Name = \"a\"), Dense(4, Name = \"A\")]");

        Assert.Contains("int AWeight =", text, StringComparison.Ordinal);
        Assert.Contains("int AWeight_2 =", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Input(100, 64), LSTM(64)]", "so that each step of the recurrence has rows enough for its weights")]
    [InlineData("[Input(100, 64), Dense(64)]", "so that the workspace stays in cache")]
    [InlineData("[Input(4, 3), LSTM(3)]", "so that the workspace stays in cache")]
    public void A_prediction_takes_as_many_samples_at_a_time_as_the_cache_and_a_recurrence_want(string attributes, string reason) =>
        Assert.Contains(reason, Generate(attributes), StringComparison.Ordinal);

    [Fact]
    public void Strings_are_escaped() => Assert.Equal("\"a\\\"b\\\\c\\u000a\"", Literal.Of("a\"b\\c\n"));

    private static string Generate(string attributes, string blocks = "") =>
        NetworkCompiler.Compile(Specs.Of(attributes, blocks), CancellationToken.None).Source;

    private static string Hash(string attributes, string blocks = "") =>
        Generate(attributes, blocks).Split('\n').Single(line => line.Contains("ArchitectureHash", StringComparison.Ordinal));
}
