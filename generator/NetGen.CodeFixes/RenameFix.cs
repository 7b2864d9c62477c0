using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes another name: one that is free, that is valid, or that a layer has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameFix() : AttributeFix("Use the suggested name", IssueDescriptors.DuplicateName, IssueDescriptors.UnknownName, IssueDescriptors.InvalidName)
{
    private protected override bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(nameof(Issue.Suggestion)) && ArgumentOf(attribute, diagnostic) is { Expression: LiteralExpressionSyntax or InvocationExpressionSyntax };

    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic)
    {
        ExpressionSyntax name = ArgumentOf(attribute, diagnostic)!.Expression;
        editor.ReplaceNode(name, editor.Generator.LiteralExpression(diagnostic.Properties[nameof(Issue.Suggestion)]).WithTriviaFrom(name));
    }

    private static AttributeArgumentSyntax? ArgumentOf(AttributeSyntax attribute, Diagnostic diagnostic) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.Span == diagnostic.Location.SourceSpan);
}
