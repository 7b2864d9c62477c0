using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes <c>Bias = false</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DropBiasFix() : AttributeFix("Leave the bias out", IssueDescriptors.BiasBeforeNorm)
{
    // A block may be used where no norm follows.
    private protected override bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) =>
        !attribute.IsInBlock() || attribute.Siblings().Any(sibling => sibling.SimpleName() == "BatchNorm");

    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax no = (AttributeArgumentSyntax)editor.Generator.AttributeArgument("Bias", editor.Generator.FalseLiteralExpression());
        if (attribute.Property("Bias") is { } given)
        {
            editor.ReplaceNode(given, no.WithTriviaFrom(given));
        }
        else
        {
            editor.AddAttributeArgument(attribute, no);
        }
    }
}
