using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes <c>partial</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePartialFix() : AttributeFix("Make the class partial", IssueDescriptors.NotPartial)
{
    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic)
    {
        TypeDeclarationSyntax type = attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        editor.SetModifiers(type, editor.Generator.GetModifiers(type).WithPartial(true));
    }
}
