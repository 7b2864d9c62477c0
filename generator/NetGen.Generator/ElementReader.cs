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
            if (ArgumentReader.Read(attribute) is not { } arguments || ReadBlocks(type, open, cancellationToken) is not { } blocks)
                return null;

            elements.Add(new ElementSpec(KindOf(type), arguments, blocks));
        }
        return new EquatableArray<ElementSpec>(elements);
    }

    private static EquatableArray<BlockSpec>? ReadBlocks(
        INamedTypeSymbol attributeClass, Stack<INamedTypeSymbol> open, CancellationToken cancellationToken)
    {
        List<BlockSpec> blocks = [];
        foreach (ITypeSymbol argument in attributeClass.TypeArguments)
        {
            if (ReadBlock(argument, open, cancellationToken) is not { } block)
                return null;

            blocks.Add(block);
        }
        return new EquatableArray<BlockSpec>(blocks);
    }

    private static BlockSpec? ReadBlock(ITypeSymbol argument, Stack<INamedTypeSymbol> open, CancellationToken cancellationToken)
    {
        if (argument.TypeKind == TypeKind.Error)
            return null;

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

    private static string KindOf(INamedTypeSymbol attributeClass) =>
        attributeClass.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? attributeClass.Name.Substring(0, attributeClass.Name.Length - Suffix.Length)
            : attributeClass.Name;
}
