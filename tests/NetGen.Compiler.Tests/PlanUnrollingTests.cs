using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Compiler.Tests;

/// <summary>What becomes straight-line code.</summary>
public sealed class PlanUnrollingTests
{
    [Theory]
    [InlineData(UnrollMode.Auto, "relu1 relu2 dense3")]
    [InlineData(UnrollMode.Always, "relu1 relu2 dense3")]
    [InlineData(UnrollMode.Never, "")]
    public void A_small_network_is_one_segment_unless_it_must_not(UnrollMode option, string expected) =>
        AssertSegments(expected, "[Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3)]", option);

    [Theory]
    [InlineData(UnrollMode.Auto, "")]
    [InlineData(UnrollMode.Always, "dense2")]
    public void A_layer_that_is_too_large_keeps_its_neighbours_from_being_unrolled_unasked(UnrollMode option, string expected) =>
        AssertSegments(expected, "[Input(784), Dense(128), Dense(10)]", option);

    [Fact]
    public void Always_cuts_a_long_run_into_methods_that_the_JIT_can_take() =>
        AssertSegments("relu1 relu2 | relu3 | dense4", "[Input(32), Dense(48), ReLU, Dense(48), ReLU, Dense(64), ReLU, Dense(16)]", UnrollMode.Always);

    [Theory]
    [InlineData(12, "dense1")]
    [InlineData(13, "")]
    public void Auto_unrolls_up_to_its_budget(int vectors, string expected) =>
        AssertSegments(expected, $"[Input(16), Dense({16 * vectors})]", UnrollMode.Auto);

    [Theory]
    [InlineData(UnrollMode.Auto, UnrollCost.AutoBudget, "dense1")]
    [InlineData(UnrollMode.Auto, UnrollCost.AutoBudget + 1, "")]
    [InlineData(UnrollMode.Always, UnrollCost.MethodBudget, "dense1")]
    [InlineData(UnrollMode.Always, UnrollCost.MethodBudget + 1, "")]
    public void A_product_may_cost_all_of_the_budget_and_not_one_more(UnrollMode option, int inputs, string expected) =>
        AssertSegments(expected, $"[Input({inputs}), Dense(16)]", option);

    [Theory]
    [InlineData(UnrollCost.MethodBudget - 128, "dense1 dense2")]
    [InlineData(UnrollCost.MethodBudget - 127, "dense1 | dense2")]
    public void A_method_may_cost_all_of_its_budget_and_not_one_more(int inputs, string expected) =>
        AssertSegments(expected, $"[Input({inputs}), Dense(16), Dense(128)]", UnrollMode.Always);

    [Fact]
    public void What_is_not_one_row_a_sample_calls_kernels_and_ends_a_run() =>
        AssertSegments("relu1 | dense2", "[Input(8), Dense(16), ReLU, Softmax, Dense(3)]", UnrollMode.Auto);

    [Fact]
    public void Time_steps_call_kernels() => AssertSegments("", "[Input(5, 4), Dense(3)]", UnrollMode.Always);

    [Fact]
    public void Element_wise_layers_are_not_unrolled_unasked_without_a_product()
    {
        AssertSegments("", "[Input(8), Tanh]", UnrollMode.Auto);
        AssertSegments("tanh1", "[Input(8), Tanh]", UnrollMode.Always);
    }

    [Fact]
    public void A_reshape_costs_nothing_and_ends_no_run() =>
        AssertSegments("relu1 dense2", "[Input(2, 4), Flatten, Dense(16), ReLU, Reshape(4, 4), Flatten, Dense(3)]", UnrollMode.Auto);

    [Fact]
    public void Inputs_that_are_joined_are_read_where_they_lie()
    {
        (Graph graph, Unrolling unrolling) = Plan("[Input(3, Name = \"a\"), Input(2, Name = \"b\")]\n[Dense(4, From = \"a\"), Concat(\"b\"), Dense(2)]", UnrollMode.Auto);
        Segment segment = Assert.Single(unrolling.Segments);
        Assert.All(graph.Nodes.Where(node => node.Op is Ops.Slice or Ops.Concat), node => Assert.Contains(node, segment.Registers));
    }

    [Fact]
    public void A_value_that_is_used_outside_has_a_place_in_memory()
    {
        (_, Unrolling unrolling) = Plan("[Input(4), Dense(8), Dense(8, Name = \"stem\"), Softmax, Add(\"stem\")]", UnrollMode.Auto);
        Assert.Equal(["dense1"], unrolling.Segments[0].Registers.Select(node => node.Name));
    }

    [Fact]
    public void The_generated_file_says_why_a_layer_is_not_unrolled()
    {
        Assert.Contains(
            "// Predict calls a kernel: 6,408 vector multiply-adds with the layers around it are more than 192.",
            Generate("[Input(784), Dense(128), ReLU, Dense(10)]"), StringComparison.Ordinal);
        Assert.Contains("// Predict unrolls it in Dense1Predict: 4 vector multiply-adds.", Generate("[Input(4), Dense(3)]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Unrolling_does_not_change_the_identity_of_a_network()
    {
        var small = Specs.Of("[Input(4), Dense(3)]");
        Assert.Equal(Hash(small), Hash(small with { Unroll = UnrollMode.Never }));

        static string Hash(NetworkSpec spec) =>
            NetworkCompiler.Compile(spec, CancellationToken.None).Source.Split('\n').Single(line => line.Contains("ArchitectureHash", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_stays_in_registers_needs_no_workspace()
    {
        string text = Generate("[Input(4), Dense(16), ReLU, Dense(3)]");
        Assert.Contains("public const int WorkspaceSize = 0;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ThreadWorkspace", text, StringComparison.Ordinal);
    }

    private static void AssertSegments(string expected, string attributes, UnrollMode option) =>
        Assert.Equal(expected, string.Join(" | ", Plan(attributes, option).Unrolling.Segments.Select(segment => string.Join(" ", segment.Nodes.Select(node => node.Name)))));

    private static (Graph Graph, Unrolling Unrolling) Plan(string attributes, UnrollMode option)
    {
        Graph graph = Pipeline.Run(Pipeline.Prediction, Graphs.Lower(attributes), CancellationToken.None);
        return (graph, PlanUnrolling.Run(graph, Schedule.Of(graph), option));
    }

    private static string Generate(string attributes) => NetworkCompiler.Compile(Specs.Of(attributes), CancellationToken.None).Source;
}
