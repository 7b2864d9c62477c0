using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Puts a batch norm before the dropout that it stands behind.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MoveNormFix() : AttributeFix("Put the batch norm first", IssueDescriptors.NormAfterDropout)
{
    private protected override bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) =>
        Before(attribute) is { } dropout && dropout.SimpleName() is "Dropout" or "SpatialDropout" && IsPlain(dropout) && IsPlain(attribute);

    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic)
    {
        AttributeSyntax dropout = Before(attribute)!;
        editor.ReplaceNode(dropout, attribute.WithTriviaFrom(dropout));
        editor.ReplaceNode(attribute, dropout.WithTriviaFrom(attribute));
    }

    private static AttributeSyntax? Before(AttributeSyntax attribute) => attribute.Siblings().TakeWhile(sibling => sibling != attribute).LastOrDefault();

    /// <summary>Whether a layer reads the one before it, and no other layer names it.</summary>
    private static bool IsPlain(AttributeSyntax attribute) => attribute.Property("From") is null && !attribute.MayBeReferredTo();
}
