using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Issues;

namespace NetGen.Generator;

/// <summary>What the declaration of a network must be, so that a second part can be generated for it.</summary>
internal static class DeclarationRules
{
    /// <summary>The first rule that a declaration breaks; null when there is none.</summary>
    public static Issue? Check(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (ReasonAgainst(type, cancellationToken) is ({ } reason, { } remedy))
            return new Issue(IssueDescriptors.UnsupportedType, [], null, new([type.Name, reason, remedy]));

        if (!IsPartial(type, cancellationToken))
            return new Issue(IssueDescriptors.NotPartial, [], null, new([type.Name]));

        if (IsMember(type, type.Name))
        {
            string free = FreeNameOf(type);
            return new Issue(IssueDescriptors.NamedLikeMember, [], null, new([type.Name, free])) { Suggestion = free };
        }

        if (ClashOf(type) is { } clash)
            return new Issue(IssueDescriptors.DeclaresMember, [], null, new([type.Name, clash.Name]));

        // The second declaration is the one to clear: its first layer is where the issue shows.
        IReadOnlyList<int> first = Symbols.FirstOfEachDeclaration(Symbols.ElementsOf(type));
        string count = first.Count.ToString(CultureInfo.InvariantCulture);
        return first.Count > 1 ? new Issue(IssueDescriptors.SeveralDeclarations, new([first[1]]), null, new([type.Name, count])) : null;
    }

    /// <summary>A class that reads like a network and is not marked as one: only networks have inputs. Null for any other class.</summary>
    public static Issue? CheckUnmarked(INamedTypeSymbol type) =>
        !Symbols.IsBlock(type) && Symbols.FirstInputOf(type) is { } input ? new Issue(IssueDescriptors.NotMarked, new([input]), null, new([type.Name])) : null;

    private static (string? Reason, string? Remedy) ReasonAgainst(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.TypeKind != TypeKind.Class)
            return (type.IsRecord ? "a record struct" : "a struct", type.IsRecord ? "make it a record class" : "make it a class");
        if (type.IsStatic)
            return ("static", "remove 'static'");
        if (type.IsGenericType)
            return type.TypeParameters.IsEmpty ? ("inside a generic type", "move it out of that type") : ("generic", "remove its type parameters");
        if (HasPrimaryConstructor(type, cancellationToken))
            return ("declared with a primary constructor, while NetGen adds the constructors", "remove the parameters after its name");

        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (Symbols.NetworkAttributeOf(parent) is not null)
                return ($"derived from the network '{parent.Name}', whose members it would hide", "remove the base class; blocks share layers between networks");
        }

        if (TwinOf(type) is { } twin)
            return ($"told from the network '{twin.Name}' by upper and lower case only", "rename one of them");

        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal)
            {
                string inside = SymbolEqualityComparer.Default.Equals(part, type) ? "" : $"inside '{part.Name}', which is ";
                return ($"{inside}visible in one file only, while NetGen adds another", "replace 'file' by 'internal'");
            }
            if (part.ContainingType is { } container && !IsPartial(container, cancellationToken))
                return ($"inside '{container.Name}', which is not partial", $"make '{container.Name}' partial");
        }
        return default;
    }

    // When some declarations of a type say 'partial' and others do not, the C# compiler says so itself.
    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Declarations(type, cancellationToken).Any(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>A member of the user's, methods apart, that has the name of a generated one.</summary>
    private static ISymbol? ClashOf(INamedTypeSymbol type) => type.GetMembers().FirstOrDefault(member =>
        member is IFieldSymbol or IPropertySymbol or IEventSymbol or INamedTypeSymbol
        && IsMember(type, member.Name)
        && member.DeclaringSyntaxReferences.Any(reference => !HintName.IsGenerated(reference.SyntaxTree)));

    private static bool IsMember(INamedTypeSymbol type, string name) =>
        MemberNames.Contain(name, Symbols.IsTrainable(type), Symbols.ReadsSequence(type), Symbols.IsSet(type, "Stateful"), Symbols.OutputsOf(type));

    /// <summary>A network beside this one whose name differs in case only: their files would have one name, which Roslyn refuses.</summary>
    private static INamedTypeSymbol? TwinOf(INamedTypeSymbol type) =>
        type.ContainingSymbol is INamespaceOrTypeSymbol container
            ? container.GetTypeMembers().FirstOrDefault(other => other.Name != type.Name
                && string.Equals(other.Name, type.Name, StringComparison.OrdinalIgnoreCase)
                && Symbols.NetworkAttributeOf(other) is not null)
            : null;

    /// <summary>A name like that of a type which no type beside it has, and no member.</summary>
    private static string FreeNameOf(INamedTypeSymbol type)
    {
        var container = (INamespaceOrTypeSymbol)type.ContainingSymbol;
        // Networks are told apart by more than case, and a class is not called like what it is in, or what it has.
        HashSet<string> taken = new(container.GetMembers().Concat(type.GetMembers()).Select(member => member.Name).Append(container.Name), StringComparer.OrdinalIgnoreCase);
        string name = $"{type.Name}Net";
        for (int suffix = 2; taken.Contains(name); suffix++)
            name = $"{type.Name}Net{suffix}";
        return name;
    }

    private static bool HasPrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Declarations(type, cancellationToken).Any(declaration => declaration.ParameterList is not null);

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>();
}
