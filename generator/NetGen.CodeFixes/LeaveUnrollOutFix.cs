using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Leaves it to the compiler which layers are unrolled.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LeaveUnrollOutFix() : AttributeFix("Leave Unroll out", IssueDescriptors.BeyondUnrolling)
{
    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic) => editor.RemoveProperty(attribute, attribute.Property("Unroll")!);
}
