using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>What is folded into weights, and what remains for each prediction.</summary>
public sealed class FreezeTests
{
    [Fact]
    public void A_norm_is_part_of_the_convolution_before_it()
    {
        FrozenGraphs frozen = Frozen("[Input(2, 4, 4), Conv2D(3, 3), BatchNorm, ReLU]");

        Assert.Equal(["conv2d1.weight", "conv2d1.bias"], frozen.Tensors.Select(row => row.Tensor.Name));
        Assert.DoesNotContain("ScaleShift", Mnemonics(frozen.Predict));
        Assert.Equal(["StoreFrozen", "StoreFrozen"], Mnemonics(frozen.Fold).TakeLast(2));
    }

    [Theory]
    [InlineData("Standardize")]
    [InlineData("MinMaxScale")]
    [InlineData("RobustScale")]
    public void A_scaling_is_part_of_the_layer_after_it(string scaling)
    {
        FrozenGraphs frozen = Frozen($"[Input(2, 4, 4), {scaling}, Flatten, Dense(3)]");

        Assert.Equal(["dense1.weight", "dense1.bias"], frozen.Tensors.Select(row => row.Tensor.Name));
        Assert.DoesNotContain("Subtract", Mnemonics(frozen.Predict));
        Assert.DoesNotContain("Divide", Mnemonics(frozen.Predict));
    }

    [Fact]
    public void What_fills_gaps_stays_before_a_scaling_that_is_folded()
    {
        FrozenGraphs frozen = Frozen("[Input(4), Impute, Standardize, Dense(3)]");

        Assert.Equal(["impute1.fill", "dense1.weight", "dense1.bias"], frozen.Tensors.Select(row => row.Tensor.Name));
        Assert.Contains("FillMissing", Mnemonics(frozen.Predict));
        Assert.DoesNotContain("Subtract", Mnemonics(frozen.Predict));
    }

    [Fact]
    public void Zeros_around_an_image_are_not_shifted()
    {
        FrozenGraphs padded = Frozen("[Input(2, 4, 4), Standardize, Conv2D(3, 3)]");
        FrozenGraphs inside = Frozen("[Input(2, 4, 4), Standardize, Conv2D(3, 3, Padding = Padding.None)]");

        Assert.Contains("Subtract", Mnemonics(padded.Predict));
        Assert.Contains("Subtract", Mnemonics(Frozen("[Input(2, 4, 4), Standardize, Conv2D(3, 3, Pads = new[] { 1, 0, 0, 0 })]").Predict));
        Assert.Contains("Subtract", Mnemonics(Frozen("[Input(2, 4, 4), Standardize, Conv2D(3, 3, Pads = new[] { 0, 0, 0, 1 })]").Predict));
        Assert.DoesNotContain("Divide", Mnemonics(padded.Predict));
        Assert.DoesNotContain("Subtract", Mnemonics(inside.Predict));
    }

    [Fact]
    public void A_value_that_something_else_reads_keeps_its_norm_apart()
    {
        FrozenGraphs frozen = Frozen("[Input(4), Dense(4, Name = \"stem\"), BatchNorm, Add(\"stem\"), Dense(2)]");

        Assert.Contains("ScaleShift", Mnemonics(frozen.Predict));
        Assert.Equal(["batchnorm1.FoldedNorm", "dense2.bias", "dense2.weight", "stem.bias", "stem.weight"], frozen.Tensors.Select(row => row.Tensor.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_bias_stays_with_its_layer() =>
        Assert.Equal(
            ["dense1.bias", "dense1.weight", "dense2.bias", "dense2.weight"],
            Frozen("[Input(4), Dense(3), Dense(2)]").Tensors.Select(row => row.Tensor.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_made_of_shared_parameters_is_made_once()
    {
        FrozenGraphs frozen = Frozen("[Input(4, 3), LSTM(3, Name = \"a\"), LSTM(3, Share = \"a\")]");

        Assert.Equal(frozen.Tensors.Count, Frozen("[Input(4, 3), LSTM(3)]").Tensors.Count);
    }

    [Fact]
    public void The_hash_of_a_plan_is_of_the_layers_and_not_of_how_they_are_unrolled()
    {
        string hash = Plan("[Input(4), Dense(4), ReLU, Dense(2)]").Hash;

        Assert.Equal(hash, Plan("[Input(4), Dense(4, Init = Initializer.Normal), ReLU, Dense(2)]").Hash);
        Assert.NotEqual(hash, Plan("[Input(4), Dense(4), Tanh, Dense(2)]").Hash);
        Assert.NotEqual(hash, Plan("[Input(4), BatchNorm, Dense(4), ReLU, Dense(2)]").Hash);
    }

    private static InferencePlan Plan(string layers) => InferencePlan.Of(NetworkCompiler.Lower(Specs.Of(layers), CancellationToken.None), CancellationToken.None);

    private static FrozenGraphs Frozen(string layers)
    {
        FrozenGraphs graphs = Plan(layers).Graphs;
        GraphVerifier.Verify(graphs.Fold, "Freeze");
        GraphVerifier.Verify(graphs.Predict, "Freeze");
        return graphs;
    }

    private static string[] Mnemonics(Graph graph) => [.. graph.Nodes.Select(node => node.Op.Mnemonic)];
}
