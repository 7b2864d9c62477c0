using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>Budgets: who sets them, where an excess shows, and what it says.</summary>
public sealed class BudgetTests
{
    private const string Layers = "Input(784), Dense(128), ReLU, Dense(64), ReLU, Dense(10), SoftmaxCrossEntropy";

    private static Dictionary<string, string> NoProperties => [];

    [Theory]
    [InlineData("Parameters = 100_000", "'Net' takes 109,386 parameters, more than the 100,000 of its budget; the most of it is dense1 with 100,480, so make that smaller, or raise the budget")]
    [InlineData("Flops = 200_000", "'Net' takes 218,762 FLOPs, more than the 200,000 of its budget; the most of it is dense1 with 200,832, so make that smaller, or raise the budget")]
    [InlineData("ArenaBytes = 700", "'Net' takes 768 bytes of arena, more than the 700 of its budget; the most of it is dense2 with 768, so make that smaller, or raise the budget")]
    public async Task An_excess_shows_at_its_limit_with_the_numbers_and_the_largest_layer(string limit, string message)
    {
        Diagnostic diagnostic = Assert.Single(await Analyze($"Budget({limit})", NoProperties));

        Assert.Equal(("NETG070", limit, message), (diagnostic.Id, diagnostic.Location.Text(), diagnostic.GetMessage()));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public async Task Each_limit_that_is_passed_is_told()
    {
        var diagnostics = await Analyze("Budget(Parameters = 1, ArenaBytes = 1, Flops = 1)", NoProperties);

        Assert.Equal(["Parameters = 1", "ArenaBytes = 1", "Flops = 1"], diagnostics.Select(diagnostic => diagnostic.Location.Text()));
    }

    [Fact]
    public async Task A_network_within_its_budget_is_fine() =>
        Assert.Empty(await Analyze("Budget(Parameters = 109_386, ArenaBytes = 768, Flops = 218_762)", NoProperties));

    [Fact]
    public async Task A_project_has_limits_for_all_of_its_networks()
    {
        Diagnostic diagnostic = Assert.Single(await Analyze("", new() { ["NetGenBudgetParameters"] = "100_000", ["NetGenBudgetFlops"] = "" }));

        Assert.Equal(("NETG070", "Network"), (diagnostic.Id, diagnostic.Location.Text()));
        Assert.Contains("more than the 100,000 of NetGenBudgetParameters; ", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attribute_counts_before_the_project() =>
        Assert.Empty(await Analyze("Budget(Parameters = 200_000)", new() { ["NetGenBudgetParameters"] = "100" }));

    [Theory]
    [InlineData("Budget", "Budget", "[Budget] expects a limit, got none; set one, such as Parameters = 100_000")]
    [InlineData("Budget(Flops = -1)", "Flops = -1", "[Budget] expects Flops of at least 1, got -1; leave it out where there is no limit")]
    public async Task A_budget_without_sense_is_told(string attribute, string location, string message)
    {
        Diagnostic diagnostic = Assert.Single(await Analyze(attribute, NoProperties));

        Assert.Equal(("NETG071", location, message), (diagnostic.Id, diagnostic.Location.Text(), diagnostic.GetMessage()));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("0")]
    [InlineData("1.5")]
    public async Task A_property_that_is_no_number_is_told(string value)
    {
        Diagnostic diagnostic = Assert.Single(await Analyze("", new() { ["NetGenBudgetFlops"] = value }));

        Assert.Equal("NETG071", diagnostic.Id);
        Assert.Equal($"The project's NetGenBudgetFlops expects a whole number of at least 1, got '{value}'; leave it out where there is no limit", diagnostic.GetMessage());
    }

    private static async Task<IReadOnlyList<Diagnostic>> Analyze(string attribute, Dictionary<string, string> properties)
    {
        string source = $"using NetGen; [Network{(attribute.Length == 0 ? "" : $", {attribute}")}, {Layers}] partial class Net;";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(source), properties);
        Assert.DoesNotContain(run.CompilerDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        return await run.AnalyzeAsync(TestContext.Current.CancellationToken);
    }
}
