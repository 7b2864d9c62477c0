using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Gives a network that is named like one of its members another name, wherever it is used. It is no <see cref="AttributeFix"/>, because other files use it too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameClassFix : CodeFixProvider
{
    private const string Title = "Rename the class";

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [IssueDescriptors.NamedLikeMember.Id];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new All();

    /// <inheritdoc/>
    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(ActionOf(context.Document.Project.Solution, [diagnostic]), diagnostic);
        }
        return Task.CompletedTask;
    }

    private static CodeAction ActionOf(Solution solution, IEnumerable<Diagnostic> diagnostics) =>
        CodeAction.Create(Title, token => RenameAsync(solution, diagnostics, token), equivalenceKey: nameof(RenameClassFix));

    private static async Task<Solution> RenameAsync(Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        // Renaming moves what stands behind, so classes are kept by their names; an inner one comes first, because its name holds that of the outer one.
        List<(ProjectId Project, string Class, string Name)> renamings = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                && await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
                && model.SyntaxTree.GetRoot(cancellationToken).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && model.GetDeclaredSymbol(declaration, cancellationToken) is { } type)
            {
                renamings.Add((document.Project.Id, DocumentationCommentId.CreateDeclarationId(type)!, diagnostic.Properties[nameof(Issue.Suggestion)]!));
            }
        }
        foreach ((ProjectId project, string id, string name) in renamings.OrderByDescending(renaming => renaming.Class.Length))
        {
            Compilation compilation = (await solution.GetProject(project)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
            // A file of several target frameworks was renamed for all of them at once.
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) is { } type)
            {
                solution = await Renamer.RenameSymbolAsync(solution, type, new SymbolRenameOptions(), name, cancellationToken).ConfigureAwait(false);
            }
        }
        return solution;
    }

    private sealed class All : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
            IEnumerable<Diagnostic> diagnostics = context.Scope == FixAllScope.Document
                ? await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false)
                : (await Task.WhenAll(projects.Select(context.GetAllDiagnosticsAsync)).ConfigureAwait(false)).SelectMany(found => found);
            return ActionOf(context.Solution, diagnostics);
        }
    }
}
