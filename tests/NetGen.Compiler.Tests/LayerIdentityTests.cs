using NetGen.Compiler.Lowering;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>What of a layer's arguments decides which weights fit it, and how it is written in the generated file.</summary>
public sealed class LayerIdentityTests
{
    /// <summary>A layer, with an argument that says what holds without it, or how training goes.</summary>
    [Theory]
    [InlineData("Input(4)", "Dense(2)", "Dense(2, Bias = true)")]
    [InlineData("Input(4)", "Dense(2)", "Dense(2, Init = Initializer.Normal, InitScale = 1)")]
    [InlineData("Input(4)", "Dropout(0.5f)", "Dropout(0.1f)")]
    [InlineData("Input(4)", "SpatialDropout(0.5f)", "SpatialDropout(0.1f)")]
    [InlineData("Input(4)", "PReLU", "PReLU(Slope = 1)")]
    [InlineData("Input(4)", "PReLU", "PReLU(PerChannel = true)")]
    [InlineData("Input(4)", "Impute", "Impute(Kind = ImputeKind.Mean)")]
    [InlineData("Input(4)", "Impute", "Impute(Kind = ImputeKind.Median)")]
    [InlineData("Input(4)", "BatchNorm", "BatchNorm(Epsilon = 1e-5f, Momentum = 0.5f)")]
    [InlineData("Input(4)", "LayerNorm", "LayerNorm(Epsilon = 1e-5f)")]
    [InlineData("Input(4)", "RMSNorm", "RMSNorm(Epsilon = 1e-5f)")]
    [InlineData("Input(4)", "GroupNorm(2)", "GroupNorm(2, Epsilon = 1e-5f)")]
    [InlineData("Input(4)", "Pad(1)", "Pad(1, Value = 0)")]
    [InlineData("Input(4, 2, 2)", "InstanceNorm", "InstanceNorm(Epsilon = 1e-5f, Affine = false)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Bias = true, Stride = 1, Dilation = 1, Groups = 1, Padding = Padding.Same, Init = Initializer.He)")]
    [InlineData("Input(2, 8, 8)", "DepthwiseConv2D(3)", "DepthwiseConv2D(3, Multiplier = 1)")]
    [InlineData("Input(2, 8, 8)", "ConvTranspose2D(2, 3)",
        "ConvTranspose2D(2, 3, Bias = true, Stride = 1, Dilation = 1, Groups = 1, OutputPadding = 0, Padding = Padding.Same, Init = Initializer.He)")]
    [InlineData("Input(2, 8, 8)", "MaxPool2D(2)", "MaxPool2D(2, Padding = Padding.None, Dilation = 1)")]
    [InlineData("Input(2, 8, 8)", "AvgPool2D(2)", "AvgPool2D(2, CountIncludePad = true)")]
    [InlineData("Input(2, 8, 8)", "Upsample2D(2)", "Upsample2D(2, Mode = UpsampleMode.Nearest)")]
    [InlineData("Input(5, 3)", "SimpleRNN(4)", "SimpleRNN(4, Layers = 1, ReturnSequences = true, Activation = RecurrentActivation.Tanh)")]
    [InlineData("Input(5, 3)", "GRU(4, Layers = 2)", "GRU(4, Layers = 2, Dropout = 0.5f)")]
    [InlineData("Input(5, 8)", "SelfAttention(2)", "SelfAttention(2, Bias = true, Causal = false, Window = 0, Rotary = false, Dropout = 0.5f)")]
    [InlineData("Input(5, 8)", "SelfAttention(2, Rotary = true)", "SelfAttention(2, Rotary = true, RotaryBase = 10000)")]
    [InlineData("Input(5, 8)", "PositionalEmbedding", "PositionalEmbedding(Kind = PositionKind.Learned, Scale = 1)")]
    [InlineData("Input(5, Type = InputType.Index)", "Embedding(9, 2)", "Embedding(9, 2, Scale = 1)")]
    public void What_is_meant_anyway_or_is_for_training_leaves_a_layer_what_it_is(string input, string layer, string same) =>
        Assert.Equal(IdentityOf(input, layer), IdentityOf(input, same));

    /// <summary>A layer, with an argument that changes what its weights mean.</summary>
    [Theory]
    [InlineData("Input(4)", "Dense(2)", "Dense(2, Bias = false)")]
    [InlineData("Input(4)", "PReLU", "PReLU(PerChannel = false)")]
    [InlineData("Input(4)", "BatchNorm", "BatchNorm(Epsilon = 1e-4f)")]
    [InlineData("Input(4)", "LayerNorm", "LayerNorm(Epsilon = 1e-4f)")]
    [InlineData("Input(4)", "RMSNorm", "RMSNorm(Epsilon = 1e-4f)")]
    [InlineData("Input(4)", "GroupNorm(2)", "GroupNorm(1)")]
    [InlineData("Input(4)", "Pad(1)", "Pad(1, Value = 1)")]
    [InlineData("Input(4, 2, 2)", "InstanceNorm", "InstanceNorm(Affine = true)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Bias = false)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Stride = 2)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Dilation = 2)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Groups = 2)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3)", "Conv2D(2, 3, Padding = Padding.SameUpper)")]
    [InlineData("Input(2, 8, 8)", "DepthwiseConv2D(3)", "DepthwiseConv2D(3, Multiplier = 2)")]
    [InlineData("Input(2, 8, 8)", "ConvTranspose2D(2, 3, Stride = 2)", "ConvTranspose2D(2, 3, Stride = 2, OutputPadding = 1)")]
    [InlineData("Input(2, 8, 8)", "MaxPool2D(3)", "MaxPool2D(3, Padding = Padding.Same)")]
    [InlineData("Input(2, 8, 8)", "AvgPool2D(2)", "AvgPool2D(2, CountIncludePad = false)")]
    [InlineData("Input(2, 8, 8)", "Upsample2D(2)", "Upsample2D(2, Mode = UpsampleMode.Bilinear)")]
    [InlineData("Input(5, 3)", "SimpleRNN(4)", "SimpleRNN(4, Activation = RecurrentActivation.ReLU)")]
    [InlineData("Input(5, 3)", "SimpleRNN(4)", "SimpleRNN(4, ReturnSequences = false)")]
    [InlineData("Input(5, 8)", "SelfAttention(2)", "SelfAttention(2, Causal = true)")]
    [InlineData("Input(5, 8)", "SelfAttention(2)", "SelfAttention(2, Rotary = true)")]
    [InlineData("Input(5, 8)", "SelfAttention(2, Rotary = true)", "SelfAttention(2, Rotary = true, RotaryBase = 100)")]
    [InlineData("Input(5, 8)", "SelfAttention(2, Causal = true)", "SelfAttention(2, Causal = true, Window = 2)")]
    [InlineData("Input(5, 8)", "PositionalEmbedding", "PositionalEmbedding(Kind = PositionKind.Sinusoidal)")]
    [InlineData("Input(5, Type = InputType.Index)", "Embedding(9, 2)", "Embedding(8, 2)")]
    public void What_changes_the_meaning_of_weights_makes_another_layer(string input, string layer, string other) =>
        Assert.NotEqual(IdentityOf(input, layer), IdentityOf(input, other));

    [Theory]
    [InlineData("Input(4)", "Dense(2)")]
    [InlineData("Input(4)", "Dense(2, Bias = false)")]
    [InlineData("Input(4)", "Dropout(0.5)")]
    [InlineData("Input(4)", "SpatialDropout(0.5)")]
    [InlineData("Input(4)", "LeakyReLU(0.5)")]
    [InlineData("Input(4)", "Rescale(2, 1)")]
    [InlineData("Input(4)", "Reshape(2, 2)")]
    [InlineData("Input(4, 3)", "Permute(1, 0)")]
    [InlineData("Input(4, 3)", "Slice(0, 1, 2)")]
    [InlineData("Input(4, 3)", "Pad(1, Value = 2)")]
    [InlineData("Input(2, 8, 8)", "Conv2D(2, 3, Stride = 2)")]
    [InlineData("Input(2, 8, 8)", "DepthwiseConv2D(3)")]
    [InlineData("Input(2, 8, 8)", "ConvTranspose2D(2, 3)")]
    [InlineData("Input(2, 8, 8)", "MaxPool2D(2)")]
    [InlineData("Input(2, 8, 8)", "AdaptiveAvgPool2D(2)")]
    [InlineData("Input(2, 8, 8)", "Upsample2D(2)")]
    [InlineData("Input(5, 3)", "LSTM(4, Layers = 2)")]
    [InlineData("Input(5, 8)", "SelfAttention(2, Causal = true)")]
    [InlineData("Input(5, 8)", "CrossAttention(input, 2)")]
    [InlineData("Input(5, Type = InputType.Index)", "Embedding(9, 2)")]
    [InlineData("Input(4)", "Add(input)")]
    [InlineData("Input(4)", "Multiply(input)")]
    [InlineData("Input(4)", "Concat(input)")]
    [InlineData("Input(4)", "Repeat<Inner>(2)")]
    public void A_layer_is_written_as_the_user_wrote_it(string input, string layer)
    {
        string attribute = layer.Replace("(input", "(\"input\"", StringComparison.Ordinal).Replace("0.5)", "0.5f)", StringComparison.Ordinal);

        Assert.Equal(layer, RowOf(input, attribute).Layer.Description);
    }

    private static string IdentityOf(string input, string layer) => RowOf(input, layer).Identity;

    private static LayerRow RowOf(string input, string layer) =>
        NetworkCompiler.Lower(Specs.Of($"[{input}, {layer}]", "[Block, Tanh] file class Inner;"), CancellationToken.None).Layers[^1];
}
