using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Tests;

/// <summary>Which products of a training step become unrolled loops over samples.</summary>
public sealed class PlanLoopsTests
{
    [Theory]
    [InlineData(UnrollMode.Auto)]
    [InlineData(UnrollMode.Always)]
    public void Every_product_of_a_small_network_is_a_loop_and_a_bias_is_summed_with_its_weight(UnrollMode option) => AssertLoops(
        "relu1 | dense2 | dense1.gradient | dense2.bias.gradient dense2.weight.gradient | dense1.bias.gradient dense1.weight.gradient",
        "[Input(4), Dense(16), ReLU, Dense(3)]", option);

    [Fact]
    public void Never_leaves_all_to_kernels() => AssertLoops("", "[Input(4), Dense(16), ReLU, Dense(3)]", UnrollMode.Never);

    [Theory]
    [InlineData(UnrollMode.Auto, "")]
    [InlineData(UnrollMode.Always, "dense2 | dense2.bias.gradient dense2.weight.gradient")]
    public void A_large_layer_keeps_the_others_from_being_unrolled_unasked(UnrollMode option, string expected) =>
        AssertLoops(expected, "[Input(784), Dense(16), Dense(10)]", option, except: "dense1.gradient");

    [Theory]
    [InlineData(16, "dense1 | dense1.bias.gradient dense1.weight.gradient")]
    [InlineData(17, "")]
    public void As_many_rows_of_a_weight_as_registers_hold(int inputs, string expected) => AssertLoops(expected, $"[Input({inputs}), Dense(3)]", UnrollMode.Always);

    [Theory]
    [InlineData(64, "dense1 | dense1.bias.gradient dense1.weight.gradient")]
    [InlineData(65, "")]
    public void Four_vectors_of_outputs_at_most(int outputs, string expected) => AssertLoops(expected, $"[Input(4), Dense({outputs})]", UnrollMode.Always);

    [Fact]
    public void Time_steps_call_kernels() => AssertLoops("", "[Input(5, 4), Dense(3)]", UnrollMode.Always);

    [Fact]
    public void What_is_not_unrolled_has_a_reason()
    {
        Schedule schedule = Plan("[Input(30), Dense(80)]");
        Assert.Equal("30 inputs are more than the 16 rows of a weight that registers hold", PlanLoops.WhyNot(schedule.Forward.Single(node => node.Name == "dense1")));
        schedule = Plan("[Input(3), Dense(80)]");
        Assert.Equal("80 outputs are more than 64", PlanLoops.WhyNot(schedule.Forward.Single(node => node.Name == "dense1")));
        schedule = Plan("[Input(5, 3), Dense(8)]");
        Assert.Equal("it has several rows a sample", PlanLoops.WhyNot(schedule.Forward.Single(node => node.Name == "dense1")));
    }

    private static void AssertLoops(string expected, string attributes, UnrollMode option, string? except = null) => Assert.Equal(
        expected,
        string.Join(" | ", PlanLoops.Run(Plan(attributes), option).Select(loop => string.Join(" ", loop.Nodes.Select(node => node.Name))).Where(name => name != except)));

    private static Schedule Plan(string attributes) =>
        Schedule.Of(Pipeline.Run(Pipeline.Training, Graphs.Lower($"{attributes}\n[MeanSquaredError]"), CancellationToken.None));
}
