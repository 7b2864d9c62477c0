using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Reads the elements of a network or block by convention alone: no layer is known by name here, so a new one needs no change.</summary>
internal static class ElementReader
{
    private const string Suffix = "Attribute";

    /// <summary>Reads attributes; null when the C# compiler itself rejects one of them.</summary>
    public static EquatableArray<ElementSpec>? Read(IReadOnlyList<AttributeData> attributes, CancellationToken cancellationToken) =>
        Read(attributes, [], cancellationToken);

    /// <param name="attributes">Those of one class.</param>
    /// <param name="open">The blocks that are being read, from the inside out; a block among them that is used again contains itself.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private static EquatableArray<ElementSpec>? Read(
        IReadOnlyList<AttributeData> attributes, Stack<INamedTypeSymbol> open, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<ElementSpec> elements = [];
        foreach (AttributeData attribute in attributes)
        {
            INamedTypeSymbol type = attribute.AttributeClass!;
            if (type.TypeArguments.Any(argument => argument.TypeKind == TypeKind.Error))
                return null;   // the compiler says so
            if (ArgumentReader.Read(attribute) is not { } arguments || ReadBlocks(type, open, cancellationToken) is not { } blocks)
                return null;

            elements.Add(new ElementSpec(KindOf(type), arguments, blocks, FunctionOf(type)));
        }
        return new EquatableArray<ElementSpec>(elements);
    }

    private static EquatableArray<BlockSpec>? ReadBlocks(
        INamedTypeSymbol attributeClass, Stack<INamedTypeSymbol> open, CancellationToken cancellationToken)
    {
        List<BlockSpec> blocks = [];
        foreach (ITypeSymbol argument in attributeClass.TypeArguments.Where((_, index) => !TakesFunction(attributeClass, index)))
        {
            if (ReadBlock(argument, open, cancellationToken) is not { } block)
                return null;

            blocks.Add(block);
        }
        return new EquatableArray<BlockSpec>(blocks);
    }

    private static BlockSpec? ReadBlock(ITypeSymbol argument, Stack<INamedTypeSymbol> open, CancellationToken cancellationToken)
    {
        string name = argument.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        if (argument is not INamedTypeSymbol type || !Symbols.IsBlock(type))
            return new BlockSpec(name, BlockProblem.NotABlock, []);

        if (open.Contains(type, SymbolEqualityComparer.Default))
            return new BlockSpec(name, BlockProblem.ContainsItself, []);

        IReadOnlyList<AttributeData> attributes = Symbols.ElementsOf(type);
        if (Symbols.FirstOfEachDeclaration(attributes).Count > 1)
            return new BlockSpec(name, BlockProblem.SeveralDeclarations, []);

        open.Push(type);
        EquatableArray<ElementSpec>? elements = Read(attributes, open, cancellationToken);
        open.Pop();
        return elements is null ? null : new BlockSpec(name, BlockProblem.None, elements.Value);
    }

    /// <summary>A type argument that must be a struct is a function of the user's; any other one is a block.</summary>
    private static bool TakesFunction(INamedTypeSymbol attributeClass, int index) => attributeClass.TypeParameters[index].HasValueTypeConstraint;

    private static FunctionSpec? FunctionOf(INamedTypeSymbol attributeClass)
    {
        ITypeSymbol? function = attributeClass.TypeArguments.Where((_, index) => TakesFunction(attributeClass, index)).FirstOrDefault();
        return function is null ? null : new FunctionSpec(
            function.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), function.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), HiddenBy(function));
    }

    /// <summary>What hides a type from generated code, which lies in another file and outside of the network's class; null where nothing does.</summary>
    private static string? HiddenBy(ITypeSymbol type)
    {
        for (INamedTypeSymbol? part = type as INamedTypeSymbol; part is not null; part = part.ContainingType)
        {
            string inside = SymbolEqualityComparer.Default.Equals(part, type) ? "" : $"inside '{part.Name}', which is ";
            if (part.IsFileLocal)
                return $"{inside}visible in one file only";
            if (part.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return $"{inside}{(part.DeclaredAccessibility == Accessibility.Private ? "private" : "protected")}";
            if (part.TypeArguments.Select(HiddenBy).FirstOrDefault(hidden => hidden is not null) is { } argument)
                return argument;
        }
        return null;
    }

    private static string KindOf(INamedTypeSymbol attributeClass) =>
        attributeClass.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? attributeClass.Name.Substring(0, attributeClass.Name.Length - Suffix.Length)
            : attributeClass.Name;
}
