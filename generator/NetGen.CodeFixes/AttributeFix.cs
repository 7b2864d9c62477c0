using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>A change of the attribute that a diagnostic marks, or of what stands around it. Fixing all makes all changes of a document at once.</summary>
public abstract class AttributeFix : CodeFixProvider
{
    private protected AttributeFix(string title, params IEnumerable<IssueDescriptor> issues) => (Title, FixableDiagnosticIds) = (title, [.. issues.Select(issue => issue.Id)]);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    private string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (AttributeOf(diagnostic, root) is { } attribute && CanFix(attribute, diagnostic))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, token => FixAsync(context.Document, [diagnostic], token), equivalenceKey: GetType().Name), diagnostic);
            }
        }
    }

    /// <summary>Whether the change would leave the rest of the network as it is.</summary>
    private protected virtual bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) => true;

    /// <summary>Makes the change.</summary>
    private protected abstract void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic);

    private async Task<Document> FixAsync(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        // Each network that takes a block reports the block's mistake.
        foreach (var mistakes in diagnostics.GroupBy(diagnostic => AttributeOf(diagnostic, editor.OriginalRoot)))
        {
            if (mistakes.Key is { } attribute && CanFix(attribute, mistakes.First()))
            {
                Fix(editor, attribute, mistakes.First());
            }
        }
        return editor.GetChangedDocument();
    }

    private static AttributeSyntax? AttributeOf(Diagnostic diagnostic, SyntaxNode? root) => root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();
}
