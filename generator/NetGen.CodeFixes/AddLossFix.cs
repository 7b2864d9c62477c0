using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes a loss behind an output that has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddLossFix() : AttributeFix("Add [MeanSquaredError]", IssueDescriptors.OutputWithoutLoss)
{
    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic) =>
        editor.InsertAttributeAfter(attribute, attribute.Another("MeanSquaredError"));
}
