using NetGen.Compiler.Ir;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Tests;

public sealed class SumBySampleTests
{
    [Fact]
    public void Few_sums_over_many_pixels_are_summed_for_each_sample_and_then_over_samples()
    {
        Graph graph = SumBySample.Run(Graphs.Differentiated("[Input(1, 28, 28), Conv2D(8, 3), ReLU, GlobalAvgPool, Dense(2), SoftmaxCrossEntropy]"));

        Node weight = Assert.Single(graph.Nodes, node => node.Op is ConvolveWeightGradient);
        Assert.Equal("[B, 72]", weight.Shape.ToString());
        Node bias = Assert.Single(graph.Nodes, node => node.Op is SumTo { PerSample: true });
        Assert.Equal("[B, 8]", bias.Shape.ToString());
        Assert.All([weight, bias], each => Assert.Contains(graph.Nodes, node => node.Op is SumTo { PerSample: false } && node.Operands[0] == each));
    }

    [Fact]
    public void A_weight_that_is_large_beside_its_images_is_summed_at_once()
    {
        Graph graph = SumBySample.Run(Graphs.Differentiated("[Input(16, 8, 8), Conv2D(32, 3), Conv2D(32, 3), Flatten, Dense(2), SoftmaxCrossEntropy]"));

        Assert.All(graph.Nodes.Where(node => node.Op is ConvolveWeightGradient), node => Assert.False(node.Shape.Batched));
    }

    [Fact]
    public void The_bias_of_a_dense_layer_has_one_number_a_sample_to_sum()
    {
        Graph graph = SumBySample.Run(Graphs.Differentiated("[Input(100), Dense(10), SoftmaxCrossEntropy]"));

        Assert.DoesNotContain(graph.Nodes, node => node.Op is SumTo { PerSample: true });
    }
}
