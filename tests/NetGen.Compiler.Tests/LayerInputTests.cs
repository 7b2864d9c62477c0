using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>What layers and losses read: whatever else they get is told, with what is wanted in its place.</summary>
public sealed class LayerInputTests
{
    private const string Blocks = """
        [Block, Conv1D(4, 3)] file class OverNeighbours;
        [Block, Residual<OverNeighbours>] file class Nested;
        [Block, GRU(4)] file class Forwards;
        [Block] file class Empty;
        [Block, Dense(2)] file class Half;
        [Block, Dense(4)] file class Whole;
        """;

    [Theory]
    [InlineData("[Input(1, 8, 8), Dense(2)]", "dense1 expects a flat or (time, features) input, but input gives 1x8x8; add [Flatten] (64 features) before it")]
    [InlineData("[Input(8, 8), AdaptiveAvgPool2D(2)]",
        "adaptiveavgpool2d1 expects (channels, height, width), but input gives 8x8; add [Reshape(channels, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(2, 8, 8), AdaptiveAvgPool2D(40000)]",
        "adaptiveavgpool2d1 would need 3,200,000,000 floats for one sample, more than the 2^31 - 1 that one buffer holds; make the layer smaller")]
    [InlineData("[Input(8), SelfAttention(2)]", "selfattention1 expects (time, features), but input gives 8; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(65536, 16384), SelfAttention(2)]",
        "selfattention1 would need 3,221,225,472 floats for one sample, more than the 2^31 - 1 that one buffer holds; make the layer smaller")]
    [InlineData("[Input(5, 4), Bidirectional<OverNeighbours>]",
        "bidirectional1 cannot use 'OverNeighbours' because [Conv1D] in it has no backwards form; keep recurrent layers and those that work step by step, and put it outside")]
    [InlineData("[Input(5, 4), Bidirectional<Nested>]",
        "bidirectional1 cannot use 'Nested' because [Conv1D] in it has no backwards form; keep recurrent layers and those that work step by step, and put it outside")]
    [InlineData("[Input(4), Bidirectional<Forwards>]",
        "bidirectional1 expects (time, features), but input gives 4; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 2)]",
        "conv2d1 cannot pad a kernel of 2 evenly on both sides; use an odd kernel, or Padding.SameUpper, which pads one pixel more at the end")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 2, Padding = Padding.Same)]",
        "conv2d1 cannot pad a kernel of 2 evenly on both sides; use an odd kernel, or Padding.SameUpper, which pads one pixel more at the end")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 2, Dilation = 3)]",
        "conv2d1 cannot pad a kernel of 2 with a dilation of 3 evenly on both sides; use an odd kernel, or Padding.SameUpper, which pads one pixel more at the end")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 9, Padding = Padding.None)]", "conv2d1 has a kernel of 9x9, but input gives an image of 8x8; use a smaller kernel, or pad the image")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 5, Padding = Padding.None, Dilation = 2)]",
        "conv2d1 has a kernel of 5x5 with a dilation of 2x2, but input gives an image of 8x8; use a smaller kernel, or pad the image")]
    [InlineData("[Input(2, 8, 8), Conv2D(2, 11, Pad = 1)]",
        "conv2d1 has a kernel of 11x11, but input gives an image of 8x8 with 2 pixels of padding; use a smaller kernel, or pad the image")]
    [InlineData("[Input(8, 8), Conv2D(2, 3)]",
        "conv2d1 expects (channels, height, width), but input gives 8x8; add [Reshape(channels, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(8, 8), Conv3D(2, 3)]",
        "conv3d1 expects (channels, depth, height, width), but input gives 8x8; add [Reshape(channels, depth, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(2, 8, 8), Conv1D(2, 3)]", "conv1d1 expects (time, features), but input gives 2x8x8; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(4, 8, 8), Conv2D(6, 3, Groups = 3)]",
        "conv2d1 has 3 groups, which do not divide the 4 channels of input; use a number of groups that divides both, such as 1, 2")]
    [InlineData("[Input(6, 8, 8), Conv2D(4, 3, Groups = 3)]", "conv2d1 has 3 groups, which do not divide 4 filters; use a number of groups that divides both, such as 1, 2")]
    [InlineData("[Input(3, 8, 8), ConvTranspose2D(2, 3, Groups = 2)]",
        "convtranspose2d1 has 2 groups, which do not divide the 3 channels of input; use a number of groups that divides both, such as 1")]
    [InlineData("[Input(5), Embedding(9, 2)]",
        "embedding1 expects ids, but input gives numbers; declare the input as [Input(..., Type = InputType.Index)] and read it first, or with From")]
    [InlineData("[Input(4), Tanh, Standardize]", "standardize1 cannot stand here: it is fitted to raw input, but reads tanh1; put it directly after [Input]")]
    [InlineData("[Input(4), Tanh, Impute]", "impute1 cannot stand here: it is fitted to raw input, but reads tanh1; put it directly after [Input]")]
    [InlineData("[Input(4, 8, 8), GroupNorm(3)]", "groupnorm1 has 3 groups, which do not divide the 4 channels of input; use a number of groups that divides both, such as 1, 2, 4")]
    [InlineData("[Input(4), GroupNorm(4)]",
        "groupnorm1 expects more than one number to normalise together, but input gives 4; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(4), InstanceNorm]",
        "instancenorm1 expects more than one number to normalise together, but input gives 4; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(8, 8), Tanh(Name = \"a\"), Reshape(4, 16), Concat(\"a\")]",
        "concat1 expects shapes that are equal but for the features, but reshape1 gives 4x16 and a gives 8x8; their times (4 and 8) differ: give the layers of both the same "
        + "strides and padding, or bring one to the other's size with pooling")]
    [InlineData("[Input(4), Tanh(Name = \"a\"), Dense(3), Multiply(\"a\")]",
        "multiply1 expects equal shapes, or one number a channel on one side, but dense1 gives 3 and a gives 4; give both as many, for instance with a [Dense(4)] between")]
    [InlineData("[Input(2, 3, 4), Tanh(Name = \"a\"), Reshape(2, 12), Multiply(\"a\")]",
        "multiply1 expects equal shapes, or one number a channel on one side, but reshape1 gives 2x12 and a gives 2x3x4; bring both to one number of axes, for instance with "
        + "[Flatten] or [Reshape]")]
    [InlineData("[Input(8), GlobalMaxPool]",
        "globalmaxpool1 expects (time, features), (channels, height, width) or (channels, depth, height, width), but input gives 8; add [Reshape(...)] before it, or use the "
        + "layer for this shape")]
    [InlineData("[Input(9, 3), MaxPool1D(4)]",
        "maxpool1d1 leaves out the last time step of the sequence of 9 time steps that input gives, where its windows of 4 do not fit any more; pad the sequence, for "
        + "instance with Padding.SameUpper, if they matter")]
    [InlineData("[Input(9, 3), AvgPool1D(4, Pads = new[] { 1, 0 })]",
        "avgpool1d1 leaves out the last 2 time steps of the sequence of 9 time steps that input gives, where its windows of 4 do not fit any more; pad the sequence, for "
        + "instance with Padding.SameUpper in the place of Pads, if they matter")]
    [InlineData("[Input(2, 11, 9), MaxPool2D(4)]",
        "maxpool2d1 leaves out the last 3 rows and the last column of the 11x9 image that input gives, where its 4x4 windows do not fit any more; pad the image, for instance "
        + "with Padding.SameUpper, if they matter")]
    [InlineData("[Input(5), LastStep]", "laststep1 expects (time, features), but input gives 5; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(4), Reshape(3)]", "reshape1 to 3 has 3 elements, but input gives 4 (4 elements); use a shape of 4 elements, or -1 for one extent")]
    [InlineData("[Input(4), Reshape(3, -1)]", "reshape1 to 3x-1 has a multiple of 3 elements, but input gives 4 (4 elements); use a shape of 4 elements, or -1 for one extent")]
    [InlineData("[Input(2, 4, 4), Softmax]", "softmax1 expects a flat or (time, features) input, but input gives 2x4x4; add [Flatten] (32 features) before it")]
    [InlineData("[Input(4, 4), Upsample2D(2)]",
        "upsample2d1 expects (channels, height, width), but input gives 4x4; add [Reshape(channels, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(2, 4, 4), Upsample2D(600000000, 1)]",
        "upsample2d1 would need 2,400,000,000 floats for one sample, more than the 2^31 - 1 that one buffer holds; make the layer smaller")]
    [InlineData("[Input(2, 4, 4), Upsample2D(1, 600000000)]",
        "upsample2d1 would need 2,400,000,000 floats for one sample, more than the 2^31 - 1 that one buffer holds; make the layer smaller")]
    [InlineData("[Input(5), PositionalEmbedding]",
        "positionalembedding1 expects (time, features), but input gives 5; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(4), Dense(1)]\n[SoftmaxCrossEntropy]",
        "SoftmaxCrossEntropy expects (classes) or (time, classes) with at least 2 classes, but dense1 gives 1; make the last layer [Dense(classes)], or use "
        + "[SigmoidCrossEntropy] for yes or no")]
    [InlineData("[Input(4), Dense(1)]\n[KLDivergence]",
        "KLDivergence expects (classes) or (time, classes) with at least 2 classes, but dense1 gives 1; make the last layer [Dense(classes)], or use [SigmoidCrossEntropy] "
        + "for yes or no")]
    [InlineData("[Input(4), Dense(1)]\n[CosineDistance]",
        "CosineDistance expects (features) or (time, features) with at least 2 features, but dense1 gives 1; make the last layer [Dense(features)]")]
    [InlineData("[Input(2, 4, 4), Tanh]\n[CosineDistance]",
        "CosineDistance expects (features) or (time, features) with at least 2 features, but tanh1 gives 2x4x4; add [Flatten] and [Dense(features)] before it")]
    [InlineData("[Input(2, 4, 4), Tanh]\n[SoftmaxFocal]",
        "SoftmaxFocal expects (classes) or (time, classes) with at least 2 classes, but tanh1 gives 2x4x4; add [Flatten] and [Dense(classes)] before it")]
    [InlineData("[Input(5, 4), Dense(1)]\n[SoftmaxCrossEntropy]",
        "SoftmaxCrossEntropy expects (classes) or (time, classes) with at least 2 classes, but dense1 gives 5x1; "
        + "make the last layer [Dense(classes)], or use [SigmoidCrossEntropy] for yes or no")]
    [InlineData("[Input(3, 4), Residual<Half>]",
        "res1 expects equal shapes, but input gives 3x4 and the block 'Half' gives 3x2; their features (4 and 2) differ: "
        + "make the block end in the shape it starts with, or add a projection: [Residual<TBlock, TProjection>]")]
    [InlineData("[Input(3, 4), Residual<Half, Whole>]",
        "res1 expects equal shapes, but the projection 'Whole' gives 3x4 and the block 'Half' gives 3x2; their features (4 and 2) differ: make both end in one shape")]
    [InlineData("[Input(6, 3), Dense(4, Name = \"a\"), Dense(2), Add(\"a\")]",
        "add1 expects equal shapes, but dense2 gives 6x2 and a gives 6x4; their features (2 and 4) differ: give both as many, for instance with a [Dense(4)] between")]
    [InlineData("[Input(2, 3, 4), Tanh(Name = \"a\"), Reshape(2, 6, 2), Concat(\"a\")]",
        "concat1 expects shapes that are equal but for the channels, but reshape1 gives 2x6x2 and a gives 2x3x4; their heights (6 and 3) and widths (2 and 4) differ: "
        + "give the layers of both the same strides and padding, or bring one to the other's size with pooling or [Upsample2D]")]
    [InlineData("[Input(5, 8), Flatten(Name = \"a\"), Dense(4, From = \"input\"), CrossAttention(\"a\", 2)]",
        "crossattention1 expects (time, features), but a gives 40; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(5), GRU(4)]", "gru1 expects (time, features), but input gives 5; add [Reshape(time, features)] before it, or use the layer for this shape")]
    [InlineData("[Input(8, 8), MaxPool2D(2)]",
        "maxpool2d1 expects (channels, height, width), but input gives 8x8; add [Reshape(channels, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(8, 8), ConvTranspose2D(2, 3)]",
        "convtranspose2d1 expects (channels, height, width), but input gives 8x8; add [Reshape(channels, height, width)] before it, or use the layer for this shape")]
    [InlineData("[Input(4), Residual<Empty>]", "res1 cannot use 'Empty' because it has no layers; add some after [Block]")]
    public void An_input_that_does_not_fit_is_told_with_what_does(string attributes, string message) =>
        Assert.Equal(message, Assert.Single(NetworkCompiler.Analyze(Specs.Of(attributes, Blocks), CancellationToken.None)).Message);

    [Theory]
    [InlineData("[Input(2, 8, 8), AdaptiveAvgPool2D(65536)]", "adaptiveavgpool2d1", "4,294,967,296")]
    [InlineData("[Input(65536, Type = InputType.Index), Embedding(9, 65536)]", "embedding1", "4,294,967,296")]
    [InlineData("[Input(65536, 1), GRU(65536)]", "gru1", "12,884,901,888")]
    [InlineData("[Input(65536, 8, 8), DepthwiseConv2D(1, Multiplier = 65536)]", "depthwiseconv2d1", "4,294,967,296")]
    [InlineData("[Input(1, 65536, 1), Conv2D(65536, 1)]", "conv2d1", "4,294,967,296")]
    [InlineData("[Input(1, 65536, 1), ConvTranspose2D(65536, 1)]", "convtranspose2d1", "4,294,967,296")]
    [InlineData("[Input(65536, 1, 1), Conv2D(65536, 1)]", "conv2d1", "4,294,967,296")]
    [InlineData("[Input(10, 16), CausalConv1D(1, 3, Dilation = 1073741824)]", "causalconv1d1", "2,147,483,649")]
    public void What_no_buffer_holds_is_told_with_its_size(string attributes, string layer, string floats) => Assert.Equal(
        $"{layer} would need {floats} floats for one sample, more than the 2^31 - 1 that one buffer holds; make the layer smaller",
        Assert.Single(NetworkCompiler.Analyze(Specs.Of(attributes), CancellationToken.None)).Message);

    [Theory]
    [InlineData("Dense(4), Dropout(0.1f), LayerNorm, Tanh, GRU(4), Residual<One>")]
    [InlineData("RMSNorm, Rescale(2f), Softmax, PReLU, LSTM(4), SimpleRNN(4), Repeat<One>(2)")]
    public void What_works_step_by_step_goes_backwards(string layers) => Assert.DoesNotContain(
        NetworkCompiler.Analyze(Specs.Of("[Input(5, 4), Bidirectional<Steps>]", $"[Block, {layers}] file class Steps; [Block, Dense(4)] file class One;"), CancellationToken.None),
        issue => issue.Descriptor.Severity == Issues.IssueSeverity.Error);
}
