using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Reports what is wrong with a network, at the attribute or argument that is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    private readonly IssueMemory _memory = new();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Diagnostics.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // A network counts as generated code when its generated half carries [GeneratedCode], and its mistakes would stay silent. The generator
        // compiles networks in any file, so they are checked in any file.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // One place may be wrong for several uses, such as a block that two layers take: it is one diagnostic with all uses beside it.
        var issues = IssuesOf(type, context)
            .Select(issue => (issue.Descriptor, issue.Arguments, issue.Suggestion, Locations: IssueLocator.Locate(issue, type, context.Compilation)))
            .GroupBy(issue => (issue.Descriptor, issue.Arguments, issue.Suggestion, Location: issue.Locations[0]));

        foreach (var issue in issues)
        {
            IEnumerable<Location> uses = issue.SelectMany(one => one.Locations.Skip(1)).Distinct();
            context.ReportDiagnostic(Diagnostic.Create(
                Diagnostics.Of(issue.Key.Descriptor), issue.Key.Location, uses, Diagnostics.PropertiesOf(issue.Key.Suggestion), [.. issue.Key.Arguments]));
        }
    }

    private IReadOnlyList<Issue> IssuesOf(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        // An attribute that the C# compiler does not know may be a misspelt layer; what is wrong without it would only confuse.
        bool hasUnknown = type.GetAttributes().Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        if (Symbols.NetworkAttributeOf(type) is null)
            return !hasUnknown && DeclarationRules.CheckUnmarked(type) is { } unmarked ? [unmarked] : [];

        if (DeclarationRules.Check(type, context.CancellationToken) is { } broken)
            return [broken];

        if (hasUnknown || NetworkReader.Read(type, context.CancellationToken) is not { } spec)
            return [];

        if (spec.Weights is not null)
            spec = WeightsFiles.Bind(spec, context.Options.AdditionalFiles
                .Select(file => WeightsFiles.Read(file, context.Options.AnalyzerConfigOptionsProvider, context.CancellationToken)).OfType<WeightsManifest>());

        (BudgetSpec? budget, Issue? invalid) = BudgetReader.Read(type, context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (invalid is not null)
            return [invalid];

        spec = spec with { Budget = budget };
        IReadOnlyList<Issue> issues = _memory.IssuesOf(spec, context.CancellationToken);

        // What reads well here and was not generated did not read well to the generator, which does not see what it generates.
        bool generated = type.AllInterfaces.Any(implemented => implemented.ToDisplayString() == Symbols.NetworkInterface);
        return generated || issues.Any(issue => issue.Descriptor.Severity == IssueSeverity.Error) ? issues : [new Issue(IssueDescriptors.GeneratedArgument, [], null, new([type.Name]))];
    }
}
