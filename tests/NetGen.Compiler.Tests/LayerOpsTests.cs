using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>What each layer is made of, in the layout that users see: ops, tensors in PyTorch's shapes and in memory, and what is fitted.</summary>
public sealed class LayerOpsTests
{
    private const string Blocks = """
        [Block, Tanh] file class Inner;
        [Block, Dense(2)] file class Half;
        [Block, Dense(2, Bias = false)] file class Projection;
        [Block, GRU(2)] file class Back;
        [Block, GRU(2, ReturnSequences = false)] file class LastBack;
        """;

    [Theory]
    [InlineData("Input(4)", "Dense(3)", "MatMul [B, 3] > Add<axis 0> [B, 3]")]
    [InlineData("Input(4, 3)", "Dense(2, Bias = false)", "MatMul [B, 4, 2]")]
    [InlineData("Input(4)", "LeakyReLU(0.5f)", "LeakyReLU<0.5f> [B, 4]")]
    [InlineData("Input(4)", "ELU", "ELU<1f> [B, 4]")]
    [InlineData("Input(4)", "Dropout(0.5f)", "Dropout<0.5f, stream 0> [B, 4]")]
    [InlineData("Input(4)", "Dropout(0)", "")]
    [InlineData("Input(4, 3)", "SpatialDropout(0.25f)", "SpatialDropout<0.25f, stream 0> [B, 4, 3]")]
    [InlineData("Input(2, 4, 4)", "SpatialDropout(0.25f)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > SpatialDropout<0.25f, stream 0> [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(2, 4, 4)", "SpatialDropout(0)", "")]
    [InlineData("Input(4)", "Softmax", "Softmax [B, 4]")]
    [InlineData("Input(4)", "Rescale(2f, 1f)", "Affine<2f, 1f> [B, 4]")]
    [InlineData("Input(4)", "Impute", "FillMissing<axis 0> [B, 4]")]
    [InlineData("Input(2, 4, 4)", "Impute(Kind = ImputeKind.Median)", "FillMissing<axis 0> [B, 2, 4, 4]")]
    [InlineData("Input(4)", "Standardize", "Subtract<axis 0> [B, 4] > Divide<axis 0> [B, 4]")]
    [InlineData("Input(4, 3)", "MinMaxScale", "Subtract<axis 1> [B, 4, 3] > Divide<axis 1> [B, 4, 3]")]
    [InlineData("Input(2, 4, 4)", "RobustScale", "Subtract<axis 0> [B, 2, 4, 4] > Divide<axis 0> [B, 2, 4, 4]")]
    [InlineData("Input(4)", "BatchNorm",
        "BatchMoments<1, 1E-05f> [3, 4] > UpdateRunningMean<0.1f> [4] > UpdateRunningVariance<1, 0.1f> [4] > "
        + "BatchNormalize<batchnorm1.running_mean, batchnorm1.running_var, 1E-05f> [B, 4]")]
    [InlineData("Input(2, 4, 4)", "BatchNorm(Momentum = 0.5f, Epsilon = 0.25f)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > SampleMoments [B, 2, 2] > BatchMoments<16, 0.25f> [3, 2] > UpdateRunningMean<0.5f> [2] > UpdateRunningVariance<16, 0.5f> [2] > "
        + "BatchNormalize<batchnorm1.running_mean, batchnorm1.running_var, 0.25f> [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(4)", "LayerNorm", "RowMoments<centred, 1E-05f> [B, 2] > RowNormalize<centred> [B, 4]")]
    [InlineData("Input(2, 4, 4)", "LayerNorm(Epsilon = 0.25f)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > Reshape<[B, 32]> [B, 32] > RowMoments<centred, 0.25f> [B, 2] > RowNormalize<centred> [B, 32] > Reshape<[B, 4, 4, 2]> [B, 4, 4, 2] > "
        + "Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(4, 3)", "RMSNorm", "RowMoments<1E-05f> [B, 4, 2] > RowNormalize [B, 4, 3]")]
    [InlineData("Input(2, 4, 4)", "GroupNorm(2, Epsilon = 0.25f)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > SampleMoments [B, 2, 2] > GroupMoments<2, 16, 0.25f> [B, 3, 2] > GroupNormalize<2> [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(2, 4, 4)", "InstanceNorm",
        "Permute<1, 2, 0> [B, 4, 4, 2] > SampleMoments [B, 2, 2] > GroupMoments<2, 16, 1E-05f> [B, 3, 2] > GroupNormalize<2> [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(2, 4, 4)", "InstanceNorm(Affine = true)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > SampleMoments [B, 2, 2] > GroupMoments<2, 16, 1E-05f> [B, 3, 2] > GroupNormalize<2> [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(4)", "PReLU", "ParametricReLU [B, 4]")]
    [InlineData("Input(2, 4, 4)", "PReLU(Slope = 0.5f, PerChannel = false)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ParametricReLU [B, 4, 4, 2] > Permute<2, 0, 1> [B, 2, 4, 4]")]
    [InlineData("Input(4, 3)", "Flatten", "Reshape<[B, 12]> [B, 12]")]
    [InlineData("Input(2, 3, 4)", "Reshape(6, -1)", "Reshape<[B, 6, 4]> [B, 6, 4]")]
    [InlineData("Input(2, 3, 4)", "Permute(2, 0, 1)", "Permute<2, 0, 1> [B, 4, 2, 3]")]
    [InlineData("Input(2, 3, 4)", "Slice(1, 1, 2)", "Slice<axis 1, 1..3> [B, 2, 2, 4]")]
    [InlineData("Input(4)", "Pad(1, 2)", "Pad<1 before, 2 after> [B, 7]")]
    [InlineData("Input(4, 3)", "Pad(2, Value = 1.5f)", "Pad<2, 0 before, 2, 0 after, 1.5f> [B, 8, 3]")]
    [InlineData("Input(4, 3)", "Pad(1, 2)", "Pad<1, 0 before, 2, 0 after> [B, 7, 3]")]
    [InlineData("Input(4, 3)", "Pad(1, 2, 3, 4)", "Pad<1, 2 before, 3, 4 after> [B, 8, 9]")]
    [InlineData("Input(2, 4, 4)", "Pad(1, 2, 3, 4)", "Pad<0, 1, 2 before, 0, 3, 4 after> [B, 2, 8, 10]")]
    [InlineData("Input(2, 4, 4)", "Pad(1, 2, 3, 4, 5, 6)", "Pad<1, 2, 3 before, 4, 5, 6 after> [B, 7, 11, 13]")]
    [InlineData("Input(2, 4, 4)", "Upsample2D(2, 3, Mode = UpsampleMode.Bilinear)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > Resample<Bilinear, 2x3> [B, 8, 12, 2] > Permute<2, 0, 1> [B, 2, 8, 12]")]
    [InlineData("Input(2, 4, 4)", "AdaptiveAvgPool2D(2)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > AveragePool<2x2, stride 2x2> [B, 2, 2, 2] > Permute<2, 0, 1> [B, 2, 2, 2]")]
    [InlineData("Input(2, 4, 6)", "AdaptiveAvgPool2D(2, 4)",
        "Permute<1, 2, 0> [B, 4, 6, 2] > AdaptiveAveragePool<2x4> [B, 2, 4, 2] > Permute<2, 0, 1> [B, 2, 2, 4]")]
    [InlineData("Input(2, 8, 9)", "MaxPool2D(3, Stride = 2, Pad = 1)",
        "Permute<1, 2, 0> [B, 8, 9, 2] > MaxPool<3x3, stride 2x2, pad 1x1> [B, 4, 5, 2] > Permute<2, 0, 1> [B, 2, 4, 5]")]
    [InlineData("Input(2, 8, 8)", "MaxPool2D(2, Strides = new[] { 1, 2 }, Padding = Padding.SameUpper)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > MaxPool<2x2, stride 1x2> [B, 8, 4, 2] > Permute<2, 0, 1> [B, 2, 8, 4]")]
    [InlineData("Input(2, 8, 8)", "AvgPool2D(2, Pad = 1, CountIncludePad = false)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > AveragePool<2x2, stride 2x2, pad 1x1> [B, 5, 5, 2] > Permute<2, 0, 1> [B, 2, 5, 5]")]
    [InlineData("Input(8, 3)", "MaxPool1D(2)", "MaxPool<2, stride 2> [B, 4, 3]")]
    [InlineData("Input(8, 3)", "AvgPool1D(3, Stride = 1, Padding = Padding.Same)", "AveragePool<3, pad 1, counting padding> [B, 8, 3]")]
    [InlineData("Input(8, 3)", "GlobalMaxPool", "MaxPool<8> [B, 1, 3] > Reshape<[B, 3]> [B, 3]")]
    [InlineData("Input(2, 4, 5)", "GlobalAvgPool", "Permute<1, 2, 0> [B, 4, 5, 2] > AveragePool<4x5> [B, 1, 1, 2] > Reshape<[B, 2]> [B, 2]")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 3, Stride = 2)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > Convolve<3x3, stride 2x2, pad 1x1> [B, 4, 4, 4] > Add<axis 2> [B, 4, 4, 4] > Permute<2, 0, 1> [B, 4, 4, 4]")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 3, 5, Padding = Padding.None, Bias = false)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > Convolve<3x5> [B, 6, 4, 4] > Permute<2, 0, 1> [B, 4, 6, 4]")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 2, Padding = Padding.SameUpper, Stride = 3)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > Convolve<2x2, stride 3x3> [B, 3, 3, 4] > Add<axis 2> [B, 3, 3, 4] > Permute<2, 0, 1> [B, 4, 3, 3]")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 3, Pads = new[] { 0, 1, 2, 3 }, Dilations = new[] { 1, 2 })",
        "Permute<1, 2, 0> [B, 8, 8, 2] > Convolve<3x3, dilation 1x2, pad 0x1> [B, 8, 8, 4] > Add<axis 2> [B, 8, 8, 4] > Permute<2, 0, 1> [B, 4, 8, 8]")]
    [InlineData("Input(4, 8, 8)", "Conv2D(6, 3, Groups = 2)",
        "Permute<1, 2, 0> [B, 8, 8, 4] > Convolve<3x3, pad 1x1, groups 2> [B, 8, 8, 6] > Add<axis 2> [B, 8, 8, 6] > Permute<2, 0, 1> [B, 6, 8, 8]")]
    [InlineData("Input(4, 8, 8)", "Conv2D(4, 3, Groups = 4)",
        "Permute<1, 2, 0> [B, 8, 8, 4] > Convolve<3x3, pad 1x1, groups 4> [B, 8, 8, 4] > Add<axis 2> [B, 8, 8, 4] > Permute<2, 0, 1> [B, 4, 8, 8]")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 1)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > MatMul [B, 8, 8, 4] > Add<axis 2> [B, 8, 8, 4] > Permute<2, 0, 1> [B, 4, 8, 8]")]
    [InlineData("Input(2, 3, 3)", "Conv2D(4, 3, Padding = Padding.None)",
        "Permute<1, 2, 0> [B, 3, 3, 2] > Reshape<[B, 18]> [B, 18] > MatMul [B, 4] > Add<axis 0> [B, 4] > Reshape<[B, 1, 1, 4]> [B, 1, 1, 4] > Reshape<[B, 4, 1, 1]> [B, 4, 1, 1]")]
    [InlineData("Input(16, 8, 8)", "Conv2D(16, 3)",
        "Permute<1, 2, 0> [B, 8, 8, 16] > Convolve<3x3, pad 1x1, winograd> [B, 8, 8, 16] > Add<axis 2> [B, 8, 8, 16] > Permute<2, 0, 1> [B, 16, 8, 8]")]
    [InlineData("Input(2, 4, 4, 4)", "Conv3D(3, 3)",
        "Permute<1, 2, 3, 0> [B, 4, 4, 4, 2] > Convolve<3x3x3, pad 1x1x1> [B, 4, 4, 4, 3] > Add<axis 3> [B, 4, 4, 4, 3] > Permute<3, 0, 1, 2> [B, 3, 4, 4, 4]")]
    [InlineData("Input(8, 3)", "Conv1D(4, 3)", "Convolve<3, pad 1> [B, 8, 4] > Add<axis 1> [B, 8, 4]")]
    [InlineData("Input(8, 3)", "CausalConv1D(4, 3, Dilation = 2)", "Convolve<3, dilation 2, pad 4> [B, 8, 4] > Add<axis 1> [B, 8, 4]")]
    [InlineData("Input(2, 8, 8)", "DepthwiseConv2D(3, Multiplier = 2)",
        "Permute<1, 2, 0> [B, 8, 8, 2] > Convolve<3x3, pad 1x1, groups 2> [B, 8, 8, 4] > Add<axis 2> [B, 8, 8, 4] > Permute<2, 0, 1> [B, 4, 8, 8]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 3, Stride = 2, OutputPadding = 1)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<3x3, stride 2x2, pad 1x1> [B, 8, 8, 3] > Add<axis 2> [B, 8, 8, 3] > Permute<2, 0, 1> [B, 3, 8, 8]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 3, Strides = new[] { 2, 3 }, OutputPadding = 1, Bias = false)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<3x3, stride 2x3, pad 1x1> [B, 8, 12, 3] > Permute<2, 0, 1> [B, 3, 8, 12]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 3, Strides = new[] { 2, 3 }, OutputPadding = 1, Padding = Padding.SameUpper, Bias = false)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<3x3, stride 2x3, pad 1x0> [B, 8, 12, 3] > Permute<2, 0, 1> [B, 3, 8, 12]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 4, Stride = 2, Padding = Padding.SameUpper)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<4x4, stride 2x2, pad 1x1> [B, 8, 8, 3] > Add<axis 2> [B, 8, 8, 3] > Permute<2, 0, 1> [B, 3, 8, 8]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 2, Stride = 3, Bias = false)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<2x2, stride 3x3> [B, 12, 12, 3] > Permute<2, 0, 1> [B, 3, 12, 12]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 3, Pads = new[] { 0, 1, 2, 1 }, Dilation = 2)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<3x3, dilation 2x2, pad 0x1> [B, 6, 6, 3] > Add<axis 2> [B, 6, 6, 3] > Permute<2, 0, 1> [B, 3, 6, 6]")]
    [InlineData("Input(4, 4, 4)", "ConvTranspose2D(6, 3, Groups = 2)",
        "Permute<1, 2, 0> [B, 4, 4, 4] > ConvolveTransposed<3x3, pad 1x1, groups 2> [B, 4, 4, 6] > Add<axis 2> [B, 4, 4, 6] > Permute<2, 0, 1> [B, 6, 4, 4]")]
    [InlineData("Input(4, 3)", "ConvTranspose1D(2, 3)", "ConvolveTransposed<3, pad 1> [B, 4, 2] > Add<axis 1> [B, 4, 2]")]
    [InlineData("Input(5, Type = InputType.Index)", "Embedding(9, 2, Scale = 0.5f)", "Embed [B, 5, 2]")]
    [InlineData("Input(5, 8)", "PositionalEmbedding(Scale = 0.5f)", "AddPositions [B, 5, 8]")]
    [InlineData("Input(5, 8)", "PositionalEmbedding(Kind = PositionKind.Sinusoidal)", "AddSinusoids [B, 5, 8]")]
    [InlineData("Input(5, 3)", "SimpleRNN(4)", "MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > Scan<RnnCell<Tanh>> [B, 5, 4]")]
    [InlineData("Input(5, 3)", "SimpleRNN(4, Activation = RecurrentActivation.ReLU)",
        "MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > Scan<RnnCell<ReLU>> [B, 5, 4]")]
    [InlineData("Input(5, 3)", "LSTM(4, ReturnSequences = false)",
        "MatMul [B, 5, 16] > Add<axis 1> [B, 5, 16] > Scan<LstmCell> [B, 5, 4] > LastOverTime [B, 4]")]
    [InlineData("Input(5, 3)", "GRU(4, Layers = 2, Dropout = 0.5f)",
        "MatMul [B, 5, 12] > Add<axis 1> [B, 5, 12] > Scan<GruCell> [B, 5, 4] > Dropout<0.5f, stream 0> [B, 5, 4] > MatMul [B, 5, 12] > Add<axis 1> [B, 5, 12] > "
        + "Scan<GruCell> [B, 5, 4]")]
    [InlineData("Input(5, 3)", "Bidirectional<Back>",
        "MatMul [B, 5, 6] > Add<axis 1> [B, 5, 6] > Scan<GruCell> [B, 5, 2] > MatMul [B, 5, 6] > Add<axis 1> [B, 5, 6] > Scan<GruCell, reverse> [B, 5, 2] > Concat<axis 1> [B, 5, 4]")]
    [InlineData("Input(5, 3)", "Bidirectional<LastBack>",
        "MatMul [B, 5, 6] > Add<axis 1> [B, 5, 6] > Scan<GruCell> [B, 5, 2] > LastOverTime [B, 2] > MatMul [B, 5, 6] > Add<axis 1> [B, 5, 6] > Scan<GruCell, reverse> "
        + "[B, 5, 2] > Slice<axis 0, 0..1> [B, 1, 2] > Reshape<[B, 2]> [B, 2] > Concat<axis 0> [B, 4]")]
    [InlineData("Input(5, 8)", "SelfAttention(2)",
        "MatMul [B, 5, 24] > Add<axis 1> [B, 5, 24] > Attend<2 heads> [B, 5, 8] > MatMul [B, 5, 8] > Add<axis 1> [B, 5, 8]")]
    [InlineData("Input(5, 8)", "SelfAttention(4, Causal = true, Window = 2, Rotary = true, RotaryBase = 100, Dropout = 0.5f, Bias = false)",
        "MatMul [B, 5, 24] > Rotate<heads of 2, base 100> [B, 5, 24] > Attend<4 heads, causal, window 2, dropout 0.5f, stream 0> [B, 5, 8] > MatMul [B, 5, 8]")]
    [InlineData("Input(5, 8)", "Dense(4), CrossAttention(\"input\", 2)",
        "MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > MatMul [B, 5, 8] > Add<axis 1> [B, 5, 8] > Attend<2 heads> [B, 5, 4] > "
        + "MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4]")]
    [InlineData("Input(5, 3)", "LastStep", "LastOverTime [B, 3]")]
    [InlineData("Input(5, 3)", "MeanOverTime", "MeanOverTime [B, 3]")]
    [InlineData("Input(5, 3)", "MaxOverTime", "MaxOverTime [B, 3]")]
    [InlineData("Input(4)", "Repeat<Inner>(2)", "Tanh [B, 4] > Tanh [B, 4]")]
    [InlineData("Input(4)", "Residual<Inner>", "Tanh [B, 4] > Add [B, 4]")]
    [InlineData("Input(4)", "Residual<Half, Projection>", "MatMul [B, 2] > Add<axis 0> [B, 2] > MatMul [B, 2] > Add [B, 2]")]
    [InlineData("Input(2, 3, 4)", "Parallel<Inner, Inner>", "Tanh [B, 2, 3, 4] > Tanh [B, 2, 3, 4] > Concat<axis 0> [B, 4, 3, 4]")]
    [InlineData("Input(4)", "Tanh, Add(\"input\", \"tanh1\")", "Tanh [B, 4] > Add [B, 4] > Add [B, 4]")]
    [InlineData("Input(4)", "Tanh, Multiply(\"input\", \"tanh1\")", "Tanh [B, 4] > Multiply [B, 4] > Multiply [B, 4]")]
    [InlineData("Input(4)", "Tanh, Concat(\"input\", \"tanh1\")", "Tanh [B, 4] > Concat<axis 0> [B, 12]")]
    [InlineData("Input(2, 3, 4)", "GlobalAvgPool, Multiply(\"input\")",
        "Permute<1, 2, 0> [B, 3, 4, 2] > AveragePool<3x4> [B, 1, 1, 2] > Reshape<[B, 2]> [B, 2] > Multiply<axis 0> [B, 2, 3, 4]")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 4, Bias = false)",
        "Permute<1, 2, 0> [B, 4, 4, 2] > ConvolveTransposed<4x4, pad 2x2> [B, 4, 4, 3] > Permute<2, 0, 1> [B, 3, 4, 4]")]
    [InlineData("Input(5, 3)", "SimpleRNN(4, Layers = 2)",
        "MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > Scan<RnnCell<Tanh>> [B, 5, 4] > MatMul [B, 5, 4] > Add<axis 1> [B, 5, 4] > Scan<RnnCell<Tanh>> [B, 5, 4]")]
    public void A_layer_is_these_ops_with_these_shapes(string input, string layers, string ops) => Assert.Equal(
        ops,
        string.Join(" > ", Lower(input, layers).Forward.Nodes.Where(node => node.Op is not (Source or Output))
            .Select(node => $"{node.Op.Mnemonic}{(node.Op.Attributes.Length == 0 ? "" : $"<{node.Op.Attributes}>")} {node.Shape}")));

    [Theory]
    [InlineData("Input(4)", "Dense(3)",
        "dense1.weight [3, 4] in [4, 3] as 3x4 by 1,0 Uniform 0.92582 Glorot: sqrt(6 / (4 + 3)); dense1.bias [3] Constant 0")]
    [InlineData("Input(4, 3)", "Dense(2, Bias = false)", "dense1.weight [2, 3] in [3, 2] as 2x3 by 1,0 Uniform 1.09545 Glorot: sqrt(6 / (3 + 2))")]
    [InlineData("Input(4)", "Impute", "impute1.fill [4] Constant 0")]
    [InlineData("Input(2, 4, 4)", "Impute(Kind = ImputeKind.Median)", "impute1.fill [2] Constant 0")]
    [InlineData("Input(4)", "Standardize", "standardize1.mean [4] Constant 0; standardize1.std [4] Constant 1")]
    [InlineData("Input(4, 3)", "MinMaxScale", "minmaxscale1.min [3] Constant 0; minmaxscale1.range [3] Constant 1")]
    [InlineData("Input(2, 4, 4)", "RobustScale", "robustscale1.median [2] Constant 0; robustscale1.iqr [2] Constant 1")]
    [InlineData("Input(4)", "BatchNorm",
        "batchnorm1.weight [4] Constant 1; batchnorm1.bias [4] Constant 0; batchnorm1.running_mean [4] Constant 0; batchnorm1.running_var [4] Constant 1")]
    [InlineData("Input(2, 4, 4)", "BatchNorm(Momentum = 0.5f, Epsilon = 0.25f)",
        "batchnorm1.weight [2] Constant 1; batchnorm1.bias [2] Constant 0; batchnorm1.running_mean [2] Constant 0; batchnorm1.running_var [2] Constant 1")]
    [InlineData("Input(4)", "LayerNorm", "layernorm1.weight [4] Constant 1; layernorm1.bias [4] Constant 0")]
    [InlineData("Input(2, 4, 4)", "LayerNorm(Epsilon = 0.25f)",
        "layernorm1.weight [2, 4, 4] in [32] as 2x4x4 by 1,2,0 Constant 1; layernorm1.bias [2, 4, 4] in [32] as 2x4x4 by 1,2,0 Constant 0")]
    [InlineData("Input(4, 3)", "RMSNorm", "rmsnorm1.weight [3] Constant 1")]
    [InlineData("Input(2, 4, 4)", "GroupNorm(2, Epsilon = 0.25f)", "groupnorm1.weight [2] Constant 1; groupnorm1.bias [2] Constant 0")]
    [InlineData("Input(2, 4, 4)", "InstanceNorm(Affine = true)", "instancenorm1.weight [2] Constant 1; instancenorm1.bias [2] Constant 0")]
    [InlineData("Input(4)", "PReLU", "prelu1.weight [4] Constant 0.25")]
    [InlineData("Input(2, 4, 4)", "PReLU(Slope = 0.5f, PerChannel = false)", "prelu1.weight [1] Constant 0.5")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 3, Stride = 2)",
        "conv2d1.weight [4, 2, 3, 3] in [3, 3, 2, 4] as 4x2x3x3 by 2,3,1,0 Uniform 0.33333 Glorot: sqrt(6 / (18 + 36)); conv2d1.bias [4] Constant 0")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 3, 5, Padding = Padding.None, Bias = false)",
        "conv2d1.weight [4, 2, 3, 5] in [3, 5, 2, 4] as 4x2x3x5 by 2,3,1,0 Uniform 0.2582 Glorot: sqrt(6 / (30 + 60))")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 2, Padding = Padding.SameUpper, Stride = 3)",
        "conv2d1.weight [4, 2, 2, 2] in [2, 2, 2, 4] as 4x2x2x2 by 2,3,1,0 Uniform 0.5 Glorot: sqrt(6 / (8 + 16)); conv2d1.bias [4] Constant 0")]
    [InlineData("Input(4, 8, 8)", "Conv2D(6, 3, Groups = 2)",
        "conv2d1.weight [6, 2, 3, 3] in [2, 3, 3, 2, 3] as 2x3x2x3x3 by 0,3,4,2,1 Uniform 0.36515 Glorot: sqrt(6 / (18 + 27)); conv2d1.bias [6] Constant 0")]
    [InlineData("Input(4, 8, 8)", "Conv2D(4, 3, Groups = 4)",
        "conv2d1.weight [4, 1, 3, 3] in [3, 3, 4] as 4x1x3x3 by 2,3,1,0 Uniform 0.57735 Glorot: sqrt(6 / (9 + 9)); conv2d1.bias [4] Constant 0")]
    [InlineData("Input(2, 8, 8)", "Conv2D(4, 1)",
        "conv2d1.weight [4, 2, 1, 1] in [2, 4] as 4x2x1x1 by 2,3,1,0 Uniform 1 Glorot: sqrt(6 / (2 + 4)); conv2d1.bias [4] Constant 0")]
    [InlineData("Input(2, 3, 3)", "Conv2D(4, 3, Padding = Padding.None)",
        "conv2d1.weight [4, 2, 3, 3] in [18, 4] as 4x2x3x3 by 2,3,1,0 Uniform 0.33333 Glorot: sqrt(6 / (18 + 36)); conv2d1.bias [4] Constant 0")]
    [InlineData("Input(16, 8, 8)", "Conv2D(16, 3)",
        "conv2d1.weight [16, 16, 3, 3] in [3, 3, 16, 16] as 16x16x3x3 by 2,3,1,0 Uniform 0.14434 Glorot: sqrt(6 / (144 + 144)); conv2d1.bias [16] Constant 0")]
    [InlineData("Input(2, 4, 4, 4)", "Conv3D(3, 3)",
        "conv3d1.weight [3, 2, 3, 3, 3] in [3, 3, 3, 2, 3] as 3x2x3x3x3 by 2,3,4,1,0 Uniform 0.21082 Glorot: sqrt(6 / (54 + 81)); conv3d1.bias [3] Constant 0")]
    [InlineData("Input(8, 3)", "Conv1D(4, 3)",
        "conv1d1.weight [4, 3, 3] in [3, 3, 4] as 4x3x3 by 2,1,0 Uniform 0.53452 Glorot: sqrt(6 / (9 + 12)); conv1d1.bias [4] Constant 0")]
    [InlineData("Input(8, 3)", "CausalConv1D(4, 3, Dilation = 2)",
        "causalconv1d1.weight [4, 3, 3] in [3, 3, 4] as 4x3x3 by 2,1,0 Uniform 0.53452 Glorot: sqrt(6 / (9 + 12)); causalconv1d1.bias [4] Constant 0")]
    [InlineData("Input(2, 8, 8)", "DepthwiseConv2D(3, Multiplier = 2)",
        "depthwiseconv2d1.weight [4, 1, 3, 3] in [3, 3, 4] as 4x1x3x3 by 2,3,1,0 Uniform 0.4714 Glorot: sqrt(6 / (9 + 18)); depthwiseconv2d1.bias [4] Constant 0")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 3, Stride = 2, OutputPadding = 1)",
        "convtranspose2d1.weight [2, 3, 3, 3] in [3, 3, 3, 2] as 2x3x3x3 by 2,3,1,0 Uniform 0.36515 Glorot: sqrt(6 / (18 + 27)); convtranspose2d1.bias [3] Constant 0")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 4, Stride = 2, Padding = Padding.SameUpper)",
        "convtranspose2d1.weight [2, 3, 4, 4] in [4, 4, 3, 2] as 2x3x4x4 by 2,3,1,0 Uniform 0.27386 Glorot: sqrt(6 / (32 + 48)); convtranspose2d1.bias [3] Constant 0")]
    [InlineData("Input(2, 4, 4)", "ConvTranspose2D(3, 2, Stride = 3, Bias = false)",
        "convtranspose2d1.weight [2, 3, 2, 2] in [2, 2, 3, 2] as 2x3x2x2 by 2,3,1,0 Uniform 0.54772 Glorot: sqrt(6 / (8 + 12))")]
    [InlineData("Input(4, 4, 4)", "ConvTranspose2D(6, 3, Groups = 2)",
        "convtranspose2d1.weight [4, 3, 3, 3] in [2, 3, 3, 3, 2] as 2x2x3x3x3 by 0,3,4,2,1 Uniform 0.36515 Glorot: sqrt(6 / (18 + 27)); convtranspose2d1.bias [6] Constant 0")]
    [InlineData("Input(4, 3)", "ConvTranspose1D(2, 3)",
        "convtranspose1d1.weight [3, 2, 3] as 3x2x3 by 2,1,0 Uniform 0.63246 Glorot: sqrt(6 / (9 + 6)); convtranspose1d1.bias [2] Constant 0")]
    [InlineData("Input(5, Type = InputType.Index)", "Embedding(9, 2, Scale = 0.5f)", "embedding1.weight [9, 2] Normal 0.5 standard deviation")]
    [InlineData("Input(5, 8)", "PositionalEmbedding(Scale = 0.5f)", "positionalembedding1.weight [5, 8] Normal 0.5 standard deviation")]
    [InlineData("Input(5, 3)", "SimpleRNN(4)",
        "simplernn1.weight_ih_l0 [4, 3] in [3, 4] as 4x3 by 1,0 Uniform 0.5 1 / sqrt(4); simplernn1.weight_hh_l0 [4, 4] as 4x4 by 1,0 Uniform 0.5 1 / sqrt(4); "
        + "simplernn1.bias_ih_l0 [4] Uniform 0.5 1 / sqrt(4); simplernn1.bias_hh_l0 [4] Uniform 0.5 1 / sqrt(4)")]
    [InlineData("Input(5, 3)", "LSTM(4, ReturnSequences = false)",
        "lstm1.weight_ih_l0 [16, 3] in [3, 16] as 16x3 by 1,0 Uniform 0.5 1 / sqrt(4); lstm1.weight_hh_l0 [16, 4] in [4, 16] as 16x4 by 1,0 Uniform 0.5 1 / sqrt(4); "
        + "lstm1.bias_ih_l0 [16] Uniform 0.5 1 / sqrt(4); lstm1.bias_hh_l0 [16] Uniform 0.5 1 / sqrt(4)")]
    [InlineData("Input(5, 3)", "GRU(4, Layers = 2, Dropout = 0.5f)",
        "gru1.weight_ih_l0 [12, 3] in [3, 12] as 12x3 by 1,0 Uniform 0.5 1 / sqrt(4); gru1.weight_hh_l0 [12, 4] in [4, 12] as 12x4 by 1,0 Uniform 0.5 1 / sqrt(4); "
        + "gru1.bias_ih_l0 [12] Uniform 0.5 1 / sqrt(4); gru1.bias_hh_l0 [12] Uniform 0.5 1 / sqrt(4); "
        + "gru1.weight_ih_l1 [12, 4] in [4, 12] as 12x4 by 1,0 Uniform 0.5 1 / sqrt(4); gru1.weight_hh_l1 [12, 4] in [4, 12] as 12x4 by 1,0 Uniform 0.5 1 / sqrt(4); "
        + "gru1.bias_ih_l1 [12] Uniform 0.5 1 / sqrt(4); gru1.bias_hh_l1 [12] Uniform 0.5 1 / sqrt(4)")]
    [InlineData("Input(5, 3)", "Bidirectional<Back>",
        "bidirectional1.forward.gru1.weight_ih_l0 [6, 3] in [3, 6] as 6x3 by 1,0 Uniform 0.70711 1 / sqrt(2); "
        + "bidirectional1.forward.gru1.weight_hh_l0 [6, 2] in [2, 6] as 6x2 by 1,0 Uniform 0.70711 1 / sqrt(2); "
        + "bidirectional1.forward.gru1.bias_ih_l0 [6] Uniform 0.70711 1 / sqrt(2); bidirectional1.forward.gru1.bias_hh_l0 [6] Uniform 0.70711 1 / sqrt(2); "
        + "bidirectional1.backward.gru1.weight_ih_l0_reverse [6, 3] in [3, 6] as 6x3 by 1,0 Uniform 0.70711 1 / sqrt(2); "
        + "bidirectional1.backward.gru1.weight_hh_l0_reverse [6, 2] in [2, 6] as 6x2 by 1,0 Uniform 0.70711 1 / sqrt(2); "
        + "bidirectional1.backward.gru1.bias_ih_l0_reverse [6] Uniform 0.70711 1 / sqrt(2); bidirectional1.backward.gru1.bias_hh_l0_reverse [6] Uniform 0.70711 1 / sqrt(2)")]
    [InlineData("Input(5, 8)", "SelfAttention(2)",
        "selfattention1.in_proj_weight [24, 8] in [8, 24] as 24x8 by 1,0 Uniform 0.43301 Glorot: sqrt(6 / (8 + 24)); selfattention1.in_proj_bias [24] Constant 0; "
        + "selfattention1.out_proj.weight [8, 8] as 8x8 by 1,0 Uniform 0.61237 Glorot: sqrt(6 / (8 + 8)); selfattention1.out_proj.bias [8] Constant 0")]
    [InlineData("Input(5, 8)", "SelfAttention(4, Causal = true, Window = 2, Rotary = true, RotaryBase = 100, Dropout = 0.5f, Bias = false)",
        "selfattention1.in_proj_weight [24, 8] in [8, 24] as 24x8 by 1,0 Uniform 0.43301 Glorot: sqrt(6 / (8 + 24)); "
        + "selfattention1.out_proj.weight [8, 8] as 8x8 by 1,0 Uniform 0.61237 Glorot: sqrt(6 / (8 + 8))")]
    [InlineData("Input(5, 8)", "Dense(4), CrossAttention(\"input\", 2)",
        "dense1.weight [4, 8] in [8, 4] as 4x8 by 1,0 Uniform 0.70711 Glorot: sqrt(6 / (8 + 4)); dense1.bias [4] Constant 0; "
        + "crossattention1.q_proj_weight [4, 4] as 4x4 by 1,0 Uniform 0.86603 Glorot: sqrt(6 / (4 + 4)); crossattention1.q_proj_bias [4] Constant 0; "
        + "crossattention1.kv_proj_weight [8, 8] as 8x8 by 1,0 Uniform 0.61237 Glorot: sqrt(6 / (8 + 8)); crossattention1.kv_proj_bias [8] Constant 0; "
        + "crossattention1.out_proj.weight [4, 4] as 4x4 by 1,0 Uniform 0.86603 Glorot: sqrt(6 / (4 + 4)); crossattention1.out_proj.bias [4] Constant 0")]
    [InlineData("Input(4)", "Residual<Half, Projection>",
        "res1.dense1.weight [2, 4] in [4, 2] as 2x4 by 1,0 Uniform 1 Glorot: sqrt(6 / (4 + 2)); res1.dense1.bias [2] Constant 0; "
        + "res1.projection.dense1.weight [2, 4] in [4, 2] as 2x4 by 1,0 Uniform 1 Glorot: sqrt(6 / (4 + 2))")]
    [InlineData("Input(2, 4, 4)", "InstanceNorm", "")]
    public void A_tensor_has_PyTorchs_name_and_shape_a_place_in_memory_and_a_start(string input, string layers, string tensors)
    {
        LoweredNetwork network = Lower(input, layers);

        Assert.Equal(tensors, string.Join("; ", network.Parameters.Concat(network.State).Select(Print)));
    }

    [Theory]
    [InlineData("Input(4)", "Impute", "FitMean along 0 impute1.fill")]
    [InlineData("Input(2, 4, 4)", "Impute(Kind = ImputeKind.Median)", "FitMedian along 0 impute1.fill")]
    [InlineData("Input(4)", "Standardize", "Fit along 0 standardize1.mean,standardize1.std")]
    [InlineData("Input(4, 3)", "MinMaxScale", "FitRange along 1 minmaxscale1.min,minmaxscale1.range")]
    [InlineData("Input(2, 4, 4)", "RobustScale", "FitQuartiles along 0 robustscale1.median,robustscale1.iqr")]
    public void What_is_fitted_to_data_runs_along_the_channels(string input, string layers, string fits) =>
        Assert.Equal(fits, string.Join("; ", Lower(input, layers).Fits.Select(fit => $"{fit.Method} along {fit.Axis} {string.Join(',', fit.State)}")));

    private static string Print(TensorSpec tensor)
    {
        string memory = tensor.Shape == tensor.LogicalShape ? "" : $" in {tensor.Shape}";
        string layout = tensor.Layout is null ? "" : $" as {string.Join('x', tensor.Layout.View)} by {string.Join(',', tensor.Layout.Order)}";
        Initialization start = tensor.Initialization;
        return FormattableString.Invariant($"{tensor.Name} {tensor.LogicalShape}{memory}{layout} {start.Kind} {start.Value:0.#####} {start.Formula}").TrimEnd();
    }

    private static LoweredNetwork Lower(string input, string layers) => NetworkCompiler.LowerAsWritten(Specs.Of($"[{input}, {layers}]", Blocks), CancellationToken.None);
}
