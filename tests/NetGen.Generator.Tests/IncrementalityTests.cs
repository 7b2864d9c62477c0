using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Spec;
using NetGen.Testing;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests;

/// <summary>Exact reasons of incremental steps, in both directions: what must not run again, and what must.</summary>
public sealed class IncrementalityTests
{
    private const string First = """
        using NetGen;
        namespace One;
        [Network, Input(4), Dense(3), ReLU, Dense(2)]
        partial class Net
        {
            public int Helper() => 1;
        }
        """;

    private const string Second = """
        using NetGen;
        namespace Two;
        [Network, Input(4), Dense(3), Dense(2)] partial class Net;
        """;

    private const string Unrelated = "class Unrelated;";

    [Fact]
    public void A_first_run_reads_and_compiles_every_network()
    {
        GeneratorDriver driver = Start();

        Assert.Equal([("One", New), ("Two", New)], Specs(driver));
        Assert.Equal([("One", New), ("Two", New)], Outputs(driver));
    }

    [Theory]
    [InlineData(2, Unrelated, "class Unrelated { int _field = 1; }")]
    [InlineData(0, "using NetGen;", "// A comment.\nusing NetGen;")]
    [InlineData(0, "Dense(3),", "Dense(3), // A comment between layers.\n")]
    [InlineData(0, "Dense(3)", "Dense(1 + 2)")]
    [InlineData(0, "Helper", "Renamed")]
    [InlineData(0, "int Helper() => 1;", "long Helper() { return 2; }")]
    public void An_edit_that_leaves_the_layers_alone_stops_at_the_spec(int file, string old, string replacement)
    {
        GeneratorDriver driver = Edit(Start(), file, old, replacement);

        Assert.All(Specs(driver), spec => Assert.Contains(spec.Reason, new[] { Unchanged, Cached }));
        Assert.Equal([("One", Cached), ("Two", Cached)], Outputs(driver));
    }

    [Theory]
    [InlineData("Dense(3)", "Dense(5)")]
    [InlineData("Dense(3), ReLU", "ReLU, Dense(3)")]
    [InlineData("Dense(3)", "Dense(3, Bias = false)")]
    [InlineData("ReLU", "Tanh")]
    [InlineData("ReLU, ", "")]
    public void A_changed_layer_compiles_its_network_again_and_no_other(string old, string replacement)
    {
        GeneratorDriver driver = Edit(Start(), 0, old, replacement);

        Assert.Equal([("One", Modified), ("Two", Unchanged)], Normalize(Specs(driver)));
        Assert.Equal([("One", Modified), ("Two", Cached)], Outputs(driver));
    }

    [Fact]
    public void Of_200_networks_an_unrelated_edit_compiles_none_and_an_edit_of_one_compiles_that_one()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(
            [.. Enumerable.Range(0, 200).Select(i => $"using NetGen; namespace N{i}; [Network, Input(4), Dense(3)] partial class Net;"), Unrelated]);
        GeneratorDriver driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);

        driver = driver.RunGenerators(Replace(compilation, 200, "Unrelated", "Renamed"), TestContext.Current.CancellationToken);
        Assert.All(Outputs(driver), output => Assert.Equal(Cached, output.Reason));
        Assert.Equal(200, Outputs(driver).Count);

        driver = driver.RunGenerators(Replace(compilation, 77, "Dense(3)", "Dense(5)"), TestContext.Current.CancellationToken);
        Assert.Equal([("N77", Modified)], Outputs(driver).Where(output => output.Reason != Cached));
    }

    [Fact]
    public void A_changed_block_in_another_file_compiles_the_networks_that_use_it_and_no_other()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(
            "using NetGen; namespace One; [Network, Input(4), Residual<Shared.Inner>, Dense(2)] partial class Net;",
            Second,
            "using NetGen; namespace Shared; [Block, Dense(4)] class Inner;");
        GeneratorDriver driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.RunGenerators(Replace(compilation, 2, "Dense(4)", "Dense(4), Tanh"), TestContext.Current.CancellationToken);

        Assert.Equal([("One", Modified), ("Two", Unchanged)], Normalize(Specs(driver)));
        Assert.Equal([("One", Modified), ("Two", Cached)], Outputs(driver));
    }

    [Fact]
    public void A_class_that_stops_being_a_network_loses_its_output_and_touches_no_other()
    {
        GeneratorDriver driver = Edit(Start(), 0, "[Network, Input(4)", "[Input(4)");

        Assert.Equal([("One", Removed), ("Two", Cached)], Outputs(driver));
        Assert.Equal(["Two.Net.g.cs"], driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName));
    }

    [Fact]
    public void A_changed_weights_file_compiles_the_network_that_names_it_and_no_other()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(
            "using NetGen; namespace One; [Network, Weights(\"one.safetensors\"), Input(2), Dense(1)] partial class Net;",
            "using NetGen; namespace Two; [Network, Weights(\"two.safetensors\"), Input(2), Dense(1)] partial class Net;",
            "using NetGen; namespace Without; [Network, Input(2), Dense(1)] partial class Net;");
        (WeightsFile one, WeightsFile two, WeightsFile changed) = (Weights("one.safetensors", 1), Weights("two.safetensors", 1), Weights("one.safetensors", 2));
        GeneratorDriver driver = GeneratorHarness.Driver(one, two).RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.ReplaceAdditionalText(one.Manifest, changed.Manifest).RunGenerators(compilation, TestContext.Current.CancellationToken);

        Assert.Equal([("One", Modified), ("Two", Unchanged), ("Without", Unchanged)], Normalize(Specs(driver)));
        Assert.Equal([("One", Modified), ("Two", Cached), ("Without", Cached)], Outputs(driver));
    }

    [Fact]
    public void An_edit_beside_weights_does_not_read_them_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(
            "using NetGen; namespace One; [Network, Weights(\"one.safetensors\"), Input(2), Dense(1)] partial class Net;", Unrelated);
        GeneratorDriver driver = GeneratorHarness.Driver(Weights("one.safetensors", 1)).RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.RunGenerators(Replace(compilation, 1, "Unrelated", "Renamed"), TestContext.Current.CancellationToken);

        Assert.All(
            driver.GetRunResult().Results.Single().TrackedSteps[NetworkGenerator.ManifestStep].SelectMany(step => step.Outputs), output => Assert.Equal(Cached, output.Reason));
        Assert.Equal([("One", Cached)], Outputs(driver));
    }

    private static WeightsFile Weights(string name, float bias)
    {
        using MemoryStream stream = new();
        new SafetensorsFile([new("dense1.weight", new Shape(1, 2), [1, 2]), new("dense1.bias", new Shape(1), [bias])]).Write(stream);
        return new(name, stream.ToArray());
    }

    [Fact]
    public void Steps_hold_nothing_of_the_compilation()
    {
        var steps = Start().GetRunResult().Results.Single().TrackedSteps;
        object[] values =
            [.. steps[NetworkGenerator.ReadStep].Concat(steps[NetworkGenerator.SpecStep]).SelectMany(step => step.Outputs).Select(output => output.Value)];

        Assert.Equal(4, values.Length);
        Assert.All(values, value => Assert.IsType<NetworkSpec>(value));
    }

    private static GeneratorDriver Start() => GeneratorHarness.Driver().RunGenerators(Compilation, TestContext.Current.CancellationToken);

    private static CSharpCompilation Compilation { get; } = GeneratorHarness.Compilation(First, Second, Unrelated);

    private static GeneratorDriver Edit(GeneratorDriver driver, int file, string old, string replacement) =>
        driver.RunGenerators(Replace(Compilation, file, old, replacement), TestContext.Current.CancellationToken);

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string old, string replacement)
    {
        SyntaxTree tree = compilation.SyntaxTrees[file];
        string text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, GeneratorHarness.Parse(text.Replace(old, replacement, StringComparison.Ordinal), tree.FilePath));
    }

    private static List<(string? Network, IncrementalStepRunReason Reason)> Specs(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().TrackedSteps[NetworkGenerator.SpecStep]
            .SelectMany(step => step.Outputs)
            .Select(output => (((NetworkSpec)output.Value).Type.Namespace, output.Reason))
            .OrderBy(spec => spec.Namespace)];

    // What an output was made from tells whose it is.
    private static List<(string? Network, IncrementalStepRunReason Reason)> Outputs(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value)
            .Select(step => (Input: step.Inputs.Single(), step.Outputs.Single().Reason))
            .Select(step => (((NetworkSpec)step.Input.Source.Outputs[step.Input.OutputIndex].Value).Type.Namespace, step.Reason))
            .OrderBy(output => output.Namespace)];

    // A network whose file did not change is Cached where Roslyn did not even look, Unchanged where it looked and found the same.
    private static IEnumerable<(string?, IncrementalStepRunReason)> Normalize(List<(string? Network, IncrementalStepRunReason Reason)> steps) =>
        steps.Select(step => (step.Network, step.Reason == Cached ? Unchanged : step.Reason));
}
