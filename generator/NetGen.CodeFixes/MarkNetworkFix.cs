using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes <c>[Network]</c> before the layers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MarkNetworkFix() : AttributeFix("Add [Network]", IssueDescriptors.NotMarked)
{
    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic) =>
        editor.InsertAttributeBefore(attribute.Siblings()[0], attribute.Another("Network"));
}
