using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

public sealed class MoveLayoutTests
{
    [Fact]
    public void An_image_changes_its_order_once_at_the_input() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 3, 8, 8]   input
            %1 = Parameter<conv2d1.weight>() : [3, 3, 3, 4]   conv2d1.weight
            %2 = Permute<1, 2, 0>(%0) : [B, 8, 8, 3]   input.permuted
            %3 = Convolve<3x3, pad 1x1>(%2, %1) : [B, 8, 8, 4]   conv2d1.Convolve
            %4 = Parameter<conv2d1.bias>() : [4]   conv2d1.bias
            %5 = Add<axis 2>(%3, %4) : [B, 8, 8, 4]   conv2d1
            %6 = ReLU(%5) : [B, 8, 8, 4]   relu1
            %7 = MaxPool<2x2, stride 2x2>(%6) : [B, 4, 4, 4]   maxpool2d1
            %8 = Parameter<conv2d2.weight>() : [3, 3, 4, 5]   conv2d2.weight
            %9 = Convolve<3x3, pad 1x1>(%7, %8) : [B, 4, 4, 5]   conv2d2.Convolve
            %10 = Parameter<conv2d2.bias>() : [5]   conv2d2.bias
            %11 = Add<axis 2>(%9, %10) : [B, 4, 4, 5]   conv2d2
            %12 = Parameter<dense1.weight>() : [80, 2]   dense1.weight
            %13 = Reshape<[B, 80]>(%11) : [B, 80]   flatten1
            %14 = MatMul(%13, %12) : [B, 2]   dense1.MatMul
            %15 = Parameter<dense1.bias>() : [2]   dense1.bias
            %16 = Add<axis 0>(%14, %15) : [B, 2]   dense1
            %17 = Output(%16) : [B, 2]   output
            """,
        Graphs.Lower("[Input(3, 8, 8), Conv2D(4, 3), ReLU, MaxPool2D(2), Conv2D(5, 3), Flatten, Dense(2)]"));

    [Theory]
    [InlineData("[Input(1, 8, 8), Conv2D(4, 3), ReLU, MaxPool2D(2), Conv2D(5, 3), Flatten, Dense(2)]", 0)]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3), ReLU, MaxPool2D(2), Conv2D(5, 3), Flatten, Dense(2)]", 1)]
    [InlineData("[Input(3, 8, 8), Conv2D(4, 3), ReLU, GlobalAvgPool, Dense(2)]", 1)]
    [InlineData("[Input(3, 8, 8), Conv2D(3, 3), Add(\"input\"), Conv2D(3, 3), Concat(\"input\"), GlobalAvgPool]", 1)]
    [InlineData("[Input(3, 8, 8), Conv2D(3, 3), Pad(1), Slice(0, 1, 2), Rescale(2), Conv2D(3, 3), GlobalAvgPool]", 1)]
    [InlineData("[Input(3, 8, 8), Conv2D(3, 3), Permute(1, 2, 0), Tanh, Permute(2, 0, 1), Conv2D(3, 3), GlobalAvgPool]", 1)]
    [InlineData("[Input(3, 8, 8), Conv2D(3, 3), Upsample2D(2), AdaptiveAvgPool2D(5), Conv2D(3, 3)]", 2)]
    [InlineData("[Input(8, 3), Conv1D(4, 3), ReLU, MaxPool1D(2), Conv1D(5, 3)]", 0)]
    public void Images_change_their_order_where_they_come_and_go_and_not_between(string attributes, int permutations) =>
        Assert.Equal(permutations, Graphs.Lower(attributes).Nodes.Count(node => node.Op is Permute));

    [Fact]
    public void The_weight_after_a_flattened_image_has_its_rows_in_the_order_of_memory()
    {
        LoweredNetwork network = NetworkCompiler.Lower(Specs.Of("[Input(1, 4, 5), Conv2D(3, 3), Flatten, Dense(2)]"), TestContext.Current.CancellationToken);
        TensorSpec weight = network.Parameters.Single(tensor => tensor.Name == "dense1.weight");

        // PyTorch has [2, 3 channels, 4 rows, 5 columns]; memory has rows, columns, channels, and the outputs last.
        Assert.Equal([2, 3, 4, 5], weight.Layout!.View);
        Assert.Equal([2, 3, 1, 0], weight.Layout.Order);
        Assert.Equal("[60, 2]", weight.Shape.ToString());
    }

    [Fact]
    public void The_weight_of_a_convolution_that_sees_a_whole_raw_image_has_its_rows_in_the_order_of_the_image()
    {
        LoweredNetwork network = NetworkCompiler.Lower(Specs.Of("[Input(3, 4, 5), Conv2D(2, 4, 5, Padding = Padding.None)]"), TestContext.Current.CancellationToken);
        TensorSpec weight = network.Parameters.Single(tensor => tensor.Name == "conv2d1.weight");

        Assert.Equal([2, 3, 4, 5], weight.Layout!.View);
        Assert.Equal([1, 2, 3, 0], weight.Layout.Order);
    }

    [Fact]
    public void A_weight_that_two_layers_share_keeps_the_order_of_PyTorch()
    {
        LoweredNetwork network = NetworkCompiler.Lower(
            Specs.Of("[Input(2, 3, 4), Conv2D(2, 3), Flatten, Dense(24, Name = \"a\"), Dense(24, Share = \"a\")]"), TestContext.Current.CancellationToken);

        Assert.Equal([24, 24], network.Parameters.Single(tensor => tensor.Name == "a.weight").Layout!.View);
    }

    [Theory]
    [InlineData("Conv2D(4, 3)", "Convolve<3x3, pad 1x1, bias, residual, ReLU>(%4, ")]
    [InlineData("Conv2D(4, 1)", "MatMul<bias, residual, ReLU>(%4, ")]
    public void Bias_residual_and_activation_are_the_last_steps_of_a_convolution(string layer, string fused)
    {
        string text = Graphs.Print(Graphs.Lower($"[Input(1, 8, 8), Conv2D(4, 3, Name = \"a\"), {layer}, Add(\"a\"), ReLU]"), SpecializeForPrediction.Run, Fuse.Run, EliminateDead.Run);

        Assert.Contains(fused, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Add", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" = ReLU", text, StringComparison.Ordinal);
    }
}
