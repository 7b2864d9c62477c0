using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using NetGen.Compiler.Issues;

namespace NetGen.CodeFixes;

/// <summary>Writes <c>[Flatten]</c> before a layer that takes no image; what the layer reads <c>From</c> another one, <c>[Flatten]</c> reads for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InsertFlattenFix() : AttributeFix("Insert [Flatten]", IssueDescriptors.WantsFlat)
{
    private protected override bool CanFix(AttributeSyntax attribute, Diagnostic diagnostic) => !attribute.WouldRename("Flatten");

    private protected override void Fix(SyntaxEditor editor, AttributeSyntax attribute, Diagnostic diagnostic)
    {
        AttributeSyntax flatten = attribute.Another("Flatten");
        if (attribute.Property("From") is { } from)
        {
            editor.RemoveProperty(attribute, from);
            flatten = flatten.AddArgumentListArguments(from.WithoutTrivia());
        }
        editor.InsertAttributeBefore(attribute, flatten);
    }
}
