using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>That blocks raise no warning. The project NetGen.Consumer checks the same with the SDK's own analyzers.</summary>
public sealed class BlockSuppressorTests
{
    [Theory]
    [InlineData("CA1812")]
    [InlineData("CA1852")]
    public async Task A_rule_about_unused_classes_is_silent_on_blocks_only(string rule)
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using NetGen;
            [Block, Dense(1)] file class Basic;
            [Dense(1)] file class Plain;
            partial class Outer { [Block, Dense(1)] private class Inner; }
            """);

        ImmutableArray<DiagnosticAnalyzer> analyzers = [new EveryClass(rule), new BlockSuppressor()];
        ImmutableArray<Diagnostic> diagnostics = await run.AnalyzeAsync(analyzers, TestContext.Current.CancellationToken);

        Assert.Equal(
            [("Basic", true), ("Plain", false), ("Outer", false), ("Inner", true)],
            diagnostics.Select(diagnostic => (diagnostic.Location.Text(), diagnostic.IsSuppressed)));
    }

#pragma warning disable RS1017, RS1036, RS1038, RS1041, RS2008 // An analyzer of a test is not shipped.
    /// <summary>Reports a rule on every class, as the SDK's analyzers do for classes that nothing creates or derives from.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EveryClass(string rule) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _descriptor =
            new(rule, "Title", "Message", "Performance", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_descriptor];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                symbol => symbol.ReportDiagnostic(Diagnostic.Create(_descriptor, symbol.Symbol.Locations[0])), SymbolKind.NamedType);
        }
    }
#pragma warning restore
}
