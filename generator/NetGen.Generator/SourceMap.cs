using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Where the elements of a network stand: of the class and of all blocks that this compilation holds.</summary>
internal static class SourceMap
{
    public static EquatableArray<SourcePlace> Read(INamedTypeSymbol network, CancellationToken cancellationToken)
    {
        var places = new List<SourcePlace>();
        Add(network, [], [], places, cancellationToken);
        return new(places);
    }

    /// <summary>A file as its project names it; one outside of the project by its name alone, so that nothing depends on where a machine keeps sources.</summary>
    /// <param name="file">The whole path.</param>
    /// <param name="folder">The project's folder, with a slash at its end; null where it is not known.</param>
    public static string InProject(string file, string? folder)
    {
        (string path, string? start) = (WeightsFiles.NameOf(file), folder is null ? null : WeightsFiles.NameOf(folder));
        return start is not null && path.StartsWith(start, StringComparison.Ordinal) ? path.Substring(start.Length) : path.Substring(path.LastIndexOf('/') + 1);
    }

    /// <param name="type">The network or block.</param>
    /// <param name="path">The way to it, as the path of an issue has it.</param>
    /// <param name="open">The types around it; a block among them that is used again contains itself.</param>
    /// <param name="places">Where places are added.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private static void Add(INamedTypeSymbol type, int[] path, Stack<INamedTypeSymbol> open, List<SourcePlace> places, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        open.Push(type);
        IReadOnlyList<AttributeData> elements = Symbols.ElementsOf(type);
        for (int index = 0; index < elements.Count; index++)
        {
            int[] element = [.. path, index];
            if (elements[index].ApplicationSyntaxReference is { } reference)
                places.Add(new(new(element), reference.SyntaxTree.FilePath, reference.SyntaxTree.GetLineSpan(reference.Span, cancellationToken).StartLinePosition.Line + 1));

            for (int block = 0; block < elements[index].AttributeClass!.TypeArguments.Length; block++)
            {
                if (elements[index].AttributeClass!.TypeArguments[block] is INamedTypeSymbol inner && !open.Contains(inner, SymbolEqualityComparer.Default))
                    Add(inner, [.. element, block], open, places, cancellationToken);
            }
        }
        open.Pop();
    }
}
