using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Silences the rules that a block breaks by being one: it is a list of layers, and nothing creates it or derives from it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockSuppressor : DiagnosticSuppressor
{
    private const string Justification = "A class marked [Block] is a list of layers that networks take as a type argument; it is never created.";

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
    [
        new("NETGS001", "CA1812", Justification), // Avoid uninstantiated internal classes.
        new("NETGS002", "CA1852", Justification), // Seal internal types.
    ];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;

            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is INamedTypeSymbol type && Symbols.IsBlock(type))
            {
                SuppressionDescriptor suppression = SupportedSuppressions.First(rule => rule.SuppressedDiagnosticId == diagnostic.Id);
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
            }
        }
    }
}
