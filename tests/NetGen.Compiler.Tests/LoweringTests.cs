using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

public sealed class LoweringTests
{
    [Fact]
    public void A_layer_becomes_the_ops_that_it_is_made_of() => Graphs.AssertPrints(
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
            %10 = Output(%9) : [B, 1]   output
            %11 = Target() : [B, 1]   target
            %12 = RowWeights() : [B]   rowWeights
            %13 = ElementwiseLoss<SquaredError>(%9, %11, %12) : [B, 1]   losses
            %14 = Loss(%13) : [B, 1]   loss
            """,
        Graphs.Lower("[Input(2), Dense(4), Tanh, Dense(1)]\n[MeanSquaredError]"));

    [Fact]
    public void Several_inputs_are_slices_of_one_row() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 8]   row
            %1 = Slice<axis 0, 0..6>(%0) : [B, 6]   image
            %2 = Reshape<[B, 2, 3]>(%1) : [B, 2, 3]   image
            %3 = Slice<axis 0, 6..8>(%0) : [B, 2]   meta
            %4 = Reshape<[B, 2]>(%3) : [B, 2]   meta
            %5 = Reshape<[B, 6]>(%2) : [B, 6]   flatten1
            %6 = Concat<axis 0>(%5, %4) : [B, 8]   concat1
            %7 = Output(%6) : [B, 8]   output
            """,
        Graphs.Lower("[Input(2, 3, Name = \"image\"), Input(2, Name = \"meta\"), Flatten(From = \"image\"), Concat(\"meta\")]"));

    [Fact]
    public void A_repeated_block_has_parameters_of_its_own_each_time() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<repeat1.0.dense1.weight>() : [2, 2]   repeat1.0.dense1.weight
            %2 = MatMul(%0, %1) : [B, 2]   repeat1.0.dense1
            %3 = Parameter<repeat1.1.dense1.weight>() : [2, 2]   repeat1.1.dense1.weight
            %4 = MatMul(%2, %3) : [B, 2]   repeat1.1.dense1
            %5 = Output(%4) : [B, 2]   output
            """,
        Graphs.Lower("[Input(2), Repeat<Twice>(2)]", "[Block, Dense(2, Bias = false)] file class Twice;"));

    [Fact]
    public void A_shared_block_has_the_parameters_of_the_earlier_one() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<res1.dense1.weight>() : [2, 2]   res1.dense1.weight
            %2 = MatMul(%0, %1) : [B, 2]   res1.dense1
            %3 = Add(%0, %2) : [B, 2]   res1
            %4 = MatMul(%3, %1) : [B, 2]   res2.dense1
            %5 = Add(%3, %4) : [B, 2]   res2
            %6 = Output(%5) : [B, 2]   output
            """,
        Graphs.Lower("[Input(2), Residual<Step>, Residual<Step>(Share = \"res1\")]", "[Block, Dense(2, Bias = false)] file class Step;"));

    [Fact]
    public void Parallel_blocks_read_one_value_and_are_joined_along_the_channels() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2, 3, 4]   input
            %1 = Tanh(%0) : [B, 2, 3, 4]   parallel1.0.tanh1
            %2 = ReLU(%0) : [B, 2, 3, 4]   parallel1.1.relu1
            %3 = Concat<axis 0>(%1, %2) : [B, 4, 3, 4]   parallel1
            %4 = Output(%3) : [B, 4, 3, 4]   output
            """,
        Graphs.Lower("[Input(2, 3, 4), Parallel<A, B>]", "[Block, Tanh] file class A;\n[Block, ReLU] file class B;"));

    [Theory]
    [InlineData("Multiply(\"scale\")")]
    [InlineData("Reshape(2, 1, 1, From = \"scale\"), Multiply(\"image\")")]
    public void A_number_a_channel_multiplies_an_image_in_either_order(string multiply)
    {
        string text = Graphs.Print(Graphs.Lower($"[Input(2, Name = \"scale\"), Input(2, 3, 4, Name = \"image\"), {multiply}]"));

        Assert.Contains("Multiply<axis 0>", text, StringComparison.Ordinal);
        Assert.EndsWith(": [B, 2, 3, 4]   output", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_share_with_one_that_shares_use_the_owners_parameters() => Graphs.AssertPrints(
        """
            %0 = Input() : [B, 2]   input
            %1 = Parameter<a.weight>() : [2, 2]   a.weight
            %2 = MatMul(%0, %1) : [B, 2]   a
            %3 = MatMul(%2, %1) : [B, 2]   b
            %4 = MatMul(%3, %1) : [B, 2]   c
            %5 = MatMul(%4, %1) : [B, 2]   dense4
            %6 = Output(%5) : [B, 2]   output
            """,
        Graphs.Lower("""
            [Input(2), Dense(2, Bias = false, Name = "a"), Dense(2, Bias = false, Name = "b", Share = "a")]
            [Dense(2, Bias = false, Name = "c", Share = "b"), Dense(2, Bias = false, Share = "c")]
            """));

    [Theory]
    [InlineData("GRU(4)", true)]
    [InlineData("Permute(1, 0), GRU(4)", false)]
    [InlineData("Permute(1, 0), Dense(4), Permute(1, 0), GRU(4)", true)]
    [InlineData("Permute(1, 0), Tanh, MeanOverTime, Dense(16), Reshape(4, 4), GRU(4)", true)]
    [InlineData("Dense(4), Dense(5), GRU(4)", true)]
    public void Lengths_count_steps_and_not_features_that_a_permutation_put_in_their_place(string layers, bool hasLengths)
    {
        LoweredNetwork network = NetworkCompiler.Lower(Specs.Of($"[Input(4, 4), {layers}]"), CancellationToken.None);
        Assert.Equal(hasLengths, Assert.Single(network.Forward.Nodes.Select(node => node.Op).OfType<Scan>()).HasLengths);
    }

    [Theory]
    [InlineData("Dense(3), ReLU", "He")]
    [InlineData("Dense(3), BatchNorm, ReLU", "He")]
    [InlineData("Dense(3), LayerNorm, Dropout(0.5f), SpatialDropout(0.1f), RMSNorm, InstanceNorm, GroupNorm(1), GELU", "He")]
    [InlineData("Dense(3), BatchNorm, Tanh", "Glorot")]
    [InlineData("Dense(3), BatchNorm", "Glorot")]
    [InlineData("Dense(3), Flatten, ReLU", "Glorot")]
    [InlineData("Dense(3), ReLU(From = \"input\")", "Glorot")]
    public void A_weight_starts_for_the_activation_behind_it_whatever_norms_lie_between(string layers, string initializer)
    {
        LoweredNetwork network = NetworkCompiler.Lower(Specs.Of($"[Input(4, 3), {layers}]"), CancellationToken.None);
        Assert.StartsWith(initializer, network.Parameters[0].Initialization.Formula, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dense(3, Init = Initializer.Glorot)", InitializationKind.Uniform, 0.9258201)]
    [InlineData("Dense(3, Init = Initializer.He)", InitializationKind.Uniform, 1.2247449)]
    [InlineData("Dense(3, Init = Initializer.LeCun)", InitializationKind.Uniform, 0.8660254)]
    [InlineData("Dense(3, Init = Initializer.Normal)", InitializationKind.Normal, 0.02)]
    [InlineData("Dense(3, Init = Initializer.Normal, InitScale = 0.5f)", InitializationKind.Normal, 0.5)]
    [InlineData("Dense(3, Init = Initializer.Uniform)", InitializationKind.Uniform, 0.05)]
    [InlineData("Dense(3, Init = Initializer.Uniform, InitScale = 0.5f)", InitializationKind.Uniform, 0.5)]
    [InlineData("Dense(3, Init = Initializer.Zeros)", InitializationKind.Constant, 0)]
    public void A_weight_starts_as_its_layer_says(string layer, InitializationKind kind, float value)
    {
        Initialization start = NetworkCompiler.Lower(Specs.Of($"[Input(4), {layer}]"), CancellationToken.None).Parameters[0].Initialization;

        Assert.Equal((kind, value), (start.Kind, start.Value));
    }

    [Fact]
    public void Shared_running_statistics_are_updated_by_each_layer_in_turn()
    {
        Graph graph = NetworkCompiler.Lower(Specs.Of("[Input(4), BatchNorm(Name = \"a\"), Tanh, BatchNorm(Share = \"a\")]"), CancellationToken.None).Forward;
        Node[] updates = [.. graph.Nodes.Where(node => node.Op is UpdateRunning { Statistic: RunningStatistic.Mean })];

        Assert.Equal(2, updates.Length);
        Assert.IsType<State>(updates[0].Operands[0].Op);
        Assert.Same(updates[0], updates[1].Operands[0]);
    }

    [Fact]
    public void A_norm_that_shares_has_the_statistics_of_the_earlier_one() => Assert.Equal(
        ["a.running_mean", "a.running_var"],
        NetworkCompiler.Lower(Specs.Of("[Input(4), BatchNorm(Name = \"a\"), Tanh, BatchNorm(Share = \"a\")]"), CancellationToken.None).State.Select(tensor => tensor.Name));

    [Fact]
    public void A_network_with_a_mistake_cannot_be_lowered() => Assert.Contains(
        "units of at least 1",
        Assert.Throws<ArgumentException>(() => NetworkCompiler.Lower(Specs.Of("[Input(4), Dense(0)]"), CancellationToken.None)).Message,
        StringComparison.Ordinal);
}
