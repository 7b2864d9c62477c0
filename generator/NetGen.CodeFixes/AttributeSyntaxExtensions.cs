using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using NetGen.Compiler.Lowering;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NetGen.CodeFixes;

/// <summary>What code fixes ask of attributes and make of them.</summary>
internal static class AttributeSyntaxExtensions
{
    /// <summary>The attribute's name without what qualifies it.</summary>
    public static string SimpleName(this AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>An attribute of NetGen's beside another one, which says how its namespace is written.</summary>
    public static AttributeSyntax Another(this AttributeSyntax attribute, string name)
    {
        IdentifierNameSyntax identifier = IdentifierName(name);
        NameSyntax qualified = attribute.Name switch
        {
            QualifiedNameSyntax given => given.WithRight(identifier),
            AliasQualifiedNameSyntax given => given.WithName(identifier),
            _ => identifier,
        };
        return Attribute(qualified).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Writes an attribute before another one, in the same brackets.</summary>
    public static void InsertAttributeBefore(this SyntaxEditor editor, AttributeSyntax attribute, AttributeSyntax inserted)
    {
        editor.TrackNode(attribute);
        editor.ReplaceNode(attribute.Parent!, (list, _) => list.InsertNodesBefore(list.GetCurrentNode(attribute)!, [inserted]));
    }

    /// <summary>Writes an attribute after another one, in the same brackets.</summary>
    public static void InsertAttributeAfter(this SyntaxEditor editor, AttributeSyntax attribute, AttributeSyntax inserted)
    {
        editor.TrackNode(attribute);
        editor.ReplaceNode(attribute.Parent!, (list, _) => list.InsertNodesAfter(list.GetCurrentNode(attribute)!, [inserted]));
    }

    /// <summary>The property that an attribute sets; null where it does not.</summary>
    public static AttributeArgumentSyntax? Property(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>Removes a property that an attribute sets, and the parentheses when it was all that stood in them.</summary>
    public static void RemoveProperty(this SyntaxEditor editor, AttributeSyntax attribute, AttributeArgumentSyntax property) =>
        editor.RemoveNode(attribute.ArgumentList!.Arguments.Count == 1 ? attribute.ArgumentList : property);

    /// <summary>All attributes of the class that an attribute belongs to, in order.</summary>
    public static IReadOnlyList<AttributeSyntax> Siblings(this AttributeSyntax attribute) =>
        [.. attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.AttributeLists.SelectMany(list => list.Attributes)];

    /// <summary>Whether the class is a block, which several places may use.</summary>
    public static bool IsInBlock(this AttributeSyntax attribute) => attribute.Siblings().Any(sibling => sibling.SimpleName() is "Block" or "BlockAttribute");

    /// <summary>
    /// Whether another layer of the class may refer to this one, by its name or by the order that gives layers of a kind their names: <c>dense2</c> is another layer when a
    /// <c>[Dense]</c> before it is gone.
    /// </summary>
    public static bool MayBeReferredTo(this AttributeSyntax attribute)
    {
        // "stem", or nameof(Stem).
        string? name = attribute.Property("Name")?.Expression.DescendantTokens()
            .LastOrDefault(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.IdentifierToken)).ValueText;
        string kind = DefaultNames.PrefixOf(attribute.SimpleName());
        return attribute.Siblings()
            .Where(sibling => sibling != attribute)
            .SelectMany(sibling => sibling.ArgumentList?.DescendantTokens() ?? [])
            .Any(token => token.ValueText == name || IsOrderOf(kind, token.ValueText));
    }

    /// <summary>
    /// Whether one more layer of a kind before this one would change what a name of the class means: it would be called as another layer is, or move the numbers of those behind it,
    /// to which others refer.
    /// </summary>
    public static bool WouldRename(this AttributeSyntax attribute, string kind)
    {
        string prefix = DefaultNames.PrefixOf(kind);
        int number = 1 + attribute.Siblings().TakeWhile(sibling => sibling != attribute).Count(sibling => sibling.SimpleName() == kind);
        return attribute.Siblings()
            .SelectMany(sibling => sibling.ArgumentList?.DescendantTokens() ?? [])
            .Any(token => IsOrderOf(prefix, token.ValueText) && int.TryParse(token.ValueText.Substring(prefix.Length), out int used) && used >= number);
    }

    private static bool IsOrderOf(string kind, string name) => name.StartsWith(kind, StringComparison.Ordinal) && name.Skip(kind.Length).All(char.IsDigit);
}
