using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class FuseTests
{
    [Fact]
    public void Bias_and_activation_move_into_the_product() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<dense1.weight>() : [2, 4]   dense1.weight
            %2 = Parameter<dense1.bias>() : [4]   dense1.bias
            %3 = MatMul<bias, Tanh>(%0, %1, %2) : [B, 4]   tanh1
            %4 = Parameter<dense2.weight>() : [4, 1]   dense2.weight
            %5 = Parameter<dense2.bias>() : [1]   dense2.bias
            %6 = MatMul<bias>(%3, %4, %5) : [B, 1]   dense2
            %7 = Target() : [B, 1]   target
            %8 = RowWeights() : [B]   rowWeights
            %9 = ElementwiseLoss<SquaredError>(%6, %7, %8) : [B, 1]   losses
            %10 = Loss(%9) : [B, 1]   loss
            %11 = ElementwiseLossGradient<SquaredError>(%6, %7, %8) : [B, 1]   dense2.gradient
            %12 = SumTo<axis 0>(%11) : [1]   dense2.bias.gradient
            %13 = StoreGradient<dense2.bias>(%12) : [1]   dense2.bias.gradient
            %14 = MatMul<TransposedLeft>(%3, %11) : [4, 1]   dense2.weight.gradient
            %15 = StoreGradient<dense2.weight>(%14) : [4, 1]   dense2.weight.gradient
            %16 = MatMul<TransposedRight, Tanh>(%11, %4, %3) : [B, 4]   dense1.gradient
            %17 = SumTo<axis 0>(%16) : [4]   dense1.bias.gradient
            %18 = StoreGradient<dense1.bias>(%17) : [4]   dense1.bias.gradient
            %19 = MatMul<TransposedLeft>(%0, %16) : [2, 4]   dense1.weight.gradient
            %20 = StoreGradient<dense1.weight>(%19) : [2, 4]   dense1.weight.gradient
            """,
        Graphs.Differentiated("[Input(2), Dense(4), Tanh, Dense(1)]\n[MeanSquaredError]"), Fuse.Run, EliminateDead.Run);

    [Fact]
    public void An_activation_whose_derivative_needs_its_input_stays_apart_in_training() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Parameter<dense1.weight>() : [4, 3]   dense1.weight
            %2 = Parameter<dense1.bias>() : [3]   dense1.bias
            %3 = MatMul<bias>(%0, %1, %2) : [B, 3]   dense1
            %4 = GELU(%3) : [B, 3]   gelu1
            %5 = Parameter<dense2.weight>() : [3, 2]   dense2.weight
            %6 = Parameter<dense2.bias>() : [2]   dense2.bias
            %7 = MatMul<bias>(%4, %5, %6) : [B, 2]   dense2
            %8 = Target() : [B, 2]   target
            %9 = RowWeights() : [B]   rowWeights
            %10 = ElementwiseLoss<SquaredError>(%7, %8, %9) : [B, 2]   losses
            %11 = Loss(%10) : [B, 2]   loss
            %12 = ElementwiseLossGradient<SquaredError>(%7, %8, %9) : [B, 2]   dense2.gradient
            %13 = SumTo<axis 0>(%12) : [2]   dense2.bias.gradient
            %14 = StoreGradient<dense2.bias>(%13) : [2]   dense2.bias.gradient
            %15 = MatMul<TransposedLeft>(%4, %12) : [3, 2]   dense2.weight.gradient
            %16 = StoreGradient<dense2.weight>(%15) : [3, 2]   dense2.weight.gradient
            %17 = MatMul<TransposedRight, GELU>(%12, %5, %3) : [B, 3]   dense1.gradient
            %18 = SumTo<axis 0>(%17) : [3]   dense1.bias.gradient
            %19 = StoreGradient<dense1.bias>(%18) : [3]   dense1.bias.gradient
            %20 = MatMul<TransposedLeft>(%0, %17) : [4, 3]   dense1.weight.gradient
            %21 = StoreGradient<dense1.weight>(%20) : [4, 3]   dense1.weight.gradient
            """,
        Graphs.Differentiated("[Input(4), Dense(3), GELU, Dense(2)]\n[MeanSquaredError]"), Fuse.Run, EliminateDead.Run);

    [Fact]
    public void The_same_activation_moves_into_the_product_in_prediction() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 4]   input
            %1 = Parameter<dense1.weight>() : [4, 3]   dense1.weight
            %2 = Parameter<dense1.bias>() : [3]   dense1.bias
            %3 = MatMul<bias, GELU>(%0, %1, %2) : [B, 3]   gelu1
            %4 = Output(%3) : [B, 3]   output
            """,
        Graphs.Lower("[Input(4), Dense(3), GELU]"), SpecializeForPrediction.Run, Fuse.Run, EliminateDead.Run);

    [Fact]
    public void A_product_that_something_else_reads_keeps_its_activation_outside() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<a.weight>() : [2, 2]   a.weight
            %2 = MatMul(%0, %1) : [B, 2]   a
            %3 = ReLU(%2) : [B, 2]   relu1
            %4 = Add(%3, %2) : [B, 2]   add1
            %5 = Output(%4) : [B, 2]   output
            """,
        Graphs.Lower("[Input(2), Dense(2, Bias = false, Name = \"a\"), ReLU, Add(\"a\")]"), Fuse.Run, EliminateDead.Run);

    [Fact]
    public void A_max_pool_moves_into_the_convolution_in_prediction() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 1, 6, 6]   input
            %1 = Reshape<[B, 6, 6, 1]>(%0) : [B, 6, 6, 1]   conv2d1.Reshape
            %2 = Parameter<conv2d1.weight>() : [3, 3, 1, 2]   conv2d1.weight
            %3 = Parameter<conv2d1.bias>() : [2]   conv2d1.bias
            %4 = Convolve<3x3, pad 1x1, bias, ReLU, max of 2x2, stride 2x2>(%1, %2, %3) : [B, 3, 3, 2]   maxpool2d1
            %5 = Parameter<dense1.weight>() : [18, 2]   dense1.weight
            %6 = Reshape<[B, 18]>(%4) : [B, 18]   flatten1
            %7 = Parameter<dense1.bias>() : [2]   dense1.bias
            %8 = MatMul<bias>(%6, %5, %7) : [B, 2]   dense1
            %9 = Output(%8) : [B, 2]   output
            """,
        Graphs.Lower("[Input(1, 6, 6), Conv2D(2, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)]"), SpecializeForPrediction.Run, Fuse.Run, EliminateDead.Run);

    [Theory]
    [InlineData("[Input(1, 6, 6), Conv2D(2, 3), ReLU, MaxPool2D(3, Stride = 2)]")]
    [InlineData("[Input(1, 6, 6), Conv2D(2, 3), ReLU, MaxPool2D(2, Pad = 1)]")]
    [InlineData("[Input(1, 6, 6), Conv2D(2, 1), ReLU, MaxPool2D(2)]")]
    [InlineData("[Input(1, 6, 6), Conv2D(2, 3), ReLU, AvgPool2D(2)]")]
    [InlineData("[Input(2, 6, 6), DepthwiseConv2D(3), ReLU, MaxPool2D(2)]")]
    public void Another_pool_stays_apart(string network) =>
        Assert.Contains(Fuse.Run(SpecializeForPrediction.Run(Graphs.Lower(network))).Nodes, node => node.Op is Ops.Pool);

    [Fact]
    public void What_scales_the_maxima_is_not_folded_into_the_convolution_before_them()
    {
        Ir.Graph graph = Fuse.Run(SpecializeForPrediction.Run(Graphs.Lower("[Input(1, 6, 6), Conv2D(2, 3), MaxPool2D(2), BatchNorm, ReLU]")));
        Assert.Contains(graph.Nodes, node => node.Op is Ops.Convolve { Pool: not null, Epilogue.Channels: Ops.ChannelMap.Shift, Epilogue.Activation: null });
        Assert.Contains(graph.Nodes, node => node.Op is Ops.ScaleShift);
    }

    [Fact]
    public void A_max_pool_stays_apart_in_training() =>
        Assert.Contains(
            Fuse.Run(EliminateDead.Run(Graphs.Differentiated("[Input(1, 6, 6), Conv2D(2, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)]\n[MeanSquaredError]"))).Nodes,
            node => node.Op is Ops.Pool);

    [Theory]
    [InlineData("ReLU", true)]
    [InlineData("GELU", false)]
    public void A_derivative_that_needs_the_output_only_moves_into_the_gradient_of_the_max_pool_behind_it(string activation, bool moves)
    {
        Ir.Graph training = EliminateDead.Run(Graphs.Differentiated($"[Input(1, 6, 6), Conv2D(2, 3), {activation}, MaxPool2D(2), Flatten, Dense(2)]\n[MeanSquaredError]"));

        Assert.Equal(moves, Assert.Single(EliminateDead.Run(Fuse.Run(training)).Nodes.Select(node => node.Op).OfType<Ops.MaxPoolGradient>()).Activation is not null);
    }
}
