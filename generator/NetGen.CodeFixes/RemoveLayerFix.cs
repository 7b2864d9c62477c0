using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Removes a layer that does nothing good where it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveLayerFix() : AttributeFix(
    "Remove the layer", IssueDescriptors.WantsLogits, IssueDescriptors.NeverNegative, IssueDescriptors.TwoActivations, IssueDescriptors.DropoutLast, IssueDescriptors.NothingUses)
{
    // A layer that says what it reads decides what those behind it read, unless nothing reads it. A block's layer may be right where the block is used elsewhere.
    private protected override bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) =>
        !attribute.IsInBlock() && !attribute.MayBeReferredTo() && (attribute.Property("From") is null || diagnostic.Id == IssueDescriptors.NothingUses.Id);

    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic) => editor.RemoveNode(attribute);
}
