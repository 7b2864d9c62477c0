using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class DifferentiateTests
{
    [Fact]
    public void The_chain_rule_runs_from_the_loss_to_every_parameter() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<dense1.weight>() : [2, 4]   dense1.weight
            %2 = MatMul(%0, %1) : [B, 4]   dense1.MatMul
            %3 = Parameter<dense1.bias>() : [4]   dense1.bias
            %4 = Add<axis 0>(%2, %3) : [B, 4]   dense1
            %5 = Tanh(%4) : [B, 4]   tanh1
            %6 = Parameter<dense2.weight>() : [4, 1]   dense2.weight
            %7 = MatMul(%5, %6) : [B, 1]   dense2.MatMul
            %8 = Parameter<dense2.bias>() : [1]   dense2.bias
            %9 = Add<axis 0>(%7, %8) : [B, 1]   dense2
            %10 = Target() : [B, 1]   target
            %11 = RowWeights() : [B]   rowWeights
            %12 = ElementwiseLoss<SquaredError>(%9, %10, %11) : [B, 1]   losses
            %13 = Loss(%12) : [B, 1]   loss
            %14 = ElementwiseLossGradient<SquaredError>(%9, %10, %11) : [B, 1]   dense2.gradient
            %15 = SumTo<axis 0>(%14) : [1]   dense2.bias.gradient
            %16 = StoreGradient<dense2.bias>(%15) : [1]   dense2.bias.gradient
            %17 = MatMul<TransposedRight>(%14, %6) : [B, 4]   tanh1.gradient
            %18 = MatMul<TransposedLeft>(%5, %14) : [4, 1]   dense2.weight.gradient
            %19 = StoreGradient<dense2.weight>(%18) : [4, 1]   dense2.weight.gradient
            %20 = TanhGradient(%5, %17) : [B, 4]   dense1.gradient
            %21 = SumTo<axis 0>(%20) : [4]   dense1.bias.gradient
            %22 = StoreGradient<dense1.bias>(%21) : [4]   dense1.bias.gradient
            %23 = MatMul<TransposedLeft>(%0, %20) : [2, 4]   dense1.weight.gradient
            %24 = StoreGradient<dense1.weight>(%23) : [2, 4]   dense1.weight.gradient
            """,
        Graphs.Lower("[Input(2), Dense(4), Tanh, Dense(1)]\n[MeanSquaredError]"), Differentiate.Run);

    [Fact]
    public void A_value_that_is_used_twice_sums_what_comes_back() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Parameter<dense1.weight>() : [4, 3]   dense1.weight
            %2 = MatMul(%0, %1) : [B, 3]   dense1.MatMul
            %3 = Parameter<dense1.bias>() : [3]   dense1.bias
            %4 = Add<axis 0>(%2, %3) : [B, 3]   dense1
            %5 = Parameter<res1.dense1.weight>() : [3, 3]   res1.dense1.weight
            %6 = MatMul(%4, %5) : [B, 3]   res1.dense1
            %7 = Add(%4, %6) : [B, 3]   res1
            %8 = Target() : [B, 3]   target
            %9 = RowWeights() : [B]   rowWeights
            %10 = ElementwiseLoss<SquaredError>(%7, %8, %9) : [B, 3]   losses
            %11 = Loss(%10) : [B, 3]   loss
            %12 = ElementwiseLossGradient<SquaredError>(%7, %8, %9) : [B, 3]   res1.gradient
            %13 = MatMul<TransposedRight>(%12, %5) : [B, 3]   dense1.gradient
            %14 = MatMul<TransposedLeft>(%4, %12) : [3, 3]   res1.dense1.weight.gradient
            %15 = StoreGradient<res1.dense1.weight>(%14) : [3, 3]   res1.dense1.weight.gradient
            %16 = Add(%12, %13) : [B, 3]   dense1.gradient
            %17 = SumTo<axis 0>(%16) : [3]   dense1.bias.gradient
            %18 = StoreGradient<dense1.bias>(%17) : [3]   dense1.bias.gradient
            %19 = MatMul<TransposedLeft>(%0, %16) : [4, 3]   dense1.weight.gradient
            %20 = StoreGradient<dense1.weight>(%19) : [4, 3]   dense1.weight.gradient
            """,
        Graphs.Lower("[Input(4), Dense(3), Residual<Block>]\n[MeanSquaredError]", "[Block, Dense(3, Bias = false)] file class Block;"), Differentiate.Run);

    [Fact]
    public void The_gradient_of_a_shared_parameter_is_the_sum_and_is_stored_once() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 3]   input
            %1 = Parameter<a.weight>() : [3, 3]   a.weight
            %2 = MatMul(%0, %1) : [B, 3]   a
            %3 = MatMul(%2, %1) : [B, 3]   dense2
            %4 = Target() : [B, 3]   target
            %5 = RowWeights() : [B]   rowWeights
            %6 = ElementwiseLoss<SquaredError>(%3, %4, %5) : [B, 3]   losses
            %7 = Loss(%6) : [B, 3]   loss
            %8 = ElementwiseLossGradient<SquaredError>(%3, %4, %5) : [B, 3]   dense2.gradient
            %9 = MatMul<TransposedRight>(%8, %1) : [B, 3]   a.gradient
            %10 = MatMul<TransposedLeft>(%2, %8) : [3, 3]   a.weight.gradient
            %11 = MatMul<TransposedLeft>(%0, %9) : [3, 3]   a.weight.gradient
            %12 = Add(%10, %11) : [3, 3]   a.weight.gradient
            %13 = StoreGradient<a.weight>(%12) : [3, 3]   a.weight.gradient
            """,
        Graphs.Lower("[Input(3), Dense(3, Bias = false, Name = \"a\"), Dense(3, Bias = false, Share = \"a\")]\n[MeanSquaredError]"), Differentiate.Run);

    [Theory]
    [InlineData("Input(8, 8), Dense(8), LSTM(4)")]
    [InlineData("Input(8, 8), Dense(8), GRU(4, Layers = 2, Dropout = 0.5f)")]
    [InlineData("Input(8, 8), Dense(8), SimpleRNN(4, ReturnSequences = false)")]
    [InlineData("Input(8, 8), Dense(8), Bidirectional<Back>")]
    [InlineData("Input(8, 8), Dense(8), SelfAttention(2, Rotary = true, Dropout = 0.5f)")]
    [InlineData("Input(8, 8), Dense(8), CrossAttention(\"input\", 2)")]
    [InlineData("Input(8, 8), Dense(8), PositionalEmbedding")]
    [InlineData("Input(8, 8), Dense(8), PositionalEmbedding(Kind = PositionKind.Sinusoidal)")]
    [InlineData("Input(8, 8), Dense(8), MeanOverTime")]
    [InlineData("Input(8, 8), Dense(8), MaxOverTime")]
    [InlineData("Input(8, 8), Dense(8), LastStep")]
    [InlineData("Input(8, 8), Dense(8), LayerNorm")]
    [InlineData("Input(8, 8), Dense(8), RMSNorm")]
    [InlineData("Input(8, 8), Dense(8), BatchNorm")]
    [InlineData("Input(8, 8), Dense(8), PReLU")]
    [InlineData("Input(8, 8), Dense(8), Softmax")]
    [InlineData("Input(8, 8), Dense(8), Slice(0, 1, 2)")]
    [InlineData("Input(8, 8), Dense(8), Pad(1, 2, 3, 4)")]
    [InlineData("Input(8, 8), Permute(1, 0), Dense(8), Permute(1, 0)")]
    [InlineData("Input(8, 8), Dense(8), Rescale(2f)")]
    [InlineData("Input(8, 8), Dense(8), SpatialDropout(0.5f)")]
    [InlineData("Input(8, 8), Dense(8), Dropout(0.5f)")]
    [InlineData("Input(8, 8), Dense(8), Concat(\"input\")")]
    [InlineData("Input(8, 8), Dense(8), Multiply(\"input\")")]
    [InlineData("Input(8, 8), Dense(8), Parallel<Back, Back>")]
    [InlineData("Input(8, 8), Dense(8), GlobalMaxPool")]
    [InlineData("Input(8, 8), Dense(8), MaxPool1D(2)")]
    [InlineData("Input(8, 8), Dense(8), AvgPool1D(2)")]
    [InlineData("Input(8, 8), Dense(8), Conv1D(4, 3)")]
    [InlineData("Input(8, 8), Dense(8), CausalConv1D(4, 3)")]
    [InlineData("Input(8, 8), Dense(8), ConvTranspose1D(4, 3)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), GroupNorm(2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), InstanceNorm(Affine = true)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), InstanceNorm")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), PReLU")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), PReLU(PerChannel = false)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), LayerNorm")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), BatchNorm")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), SpatialDropout(0.5f)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), AdaptiveAvgPool2D(3)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), AdaptiveAvgPool2D(2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Upsample2D(2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Upsample2D(2, Mode = UpsampleMode.Bilinear)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), MaxPool2D(2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), AvgPool2D(2, Pad = 1, CountIncludePad = false)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), GlobalAvgPool, Multiply(\"conv2d1\")")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), DepthwiseConv2D(3)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), ConvTranspose2D(3, 3, Stride = 2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Conv2D(4, 3, Groups = 2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Conv2D(3, 1)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Pad(1)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Slice(0, 1, 2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Reshape(4, 64)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Flatten, Dense(2)")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), GELU")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), HardSwish")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), ELU")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), SiLU")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Softplus")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), Sigmoid")]
    [InlineData("Input(2, 8, 8), Conv2D(4, 3), LeakyReLU")]
    public void Every_parameter_before_and_in_a_layer_gets_a_gradient_of_its_shape(string layers)
    {
        Graph graph = Differentiate.Run(Graphs.Lower($"[{layers}]\n[MeanSquaredError]", "[Block, GRU(2)] file class Back;"));

        GraphVerifier.Verify(graph, nameof(Differentiate));
        Assert.Equal(
            graph.Nodes.Where(node => node.Op is Parameter).Select(node => $"{((Parameter)node.Op).Name} {node.Shape}").Order(StringComparer.Ordinal),
            graph.Nodes.Where(node => node.Op is StoreGradient).Select(node => $"{((StoreGradient)node.Op).Parameter} {node.Operands[0].Shape}").Order(StringComparer.Ordinal));
    }
}
