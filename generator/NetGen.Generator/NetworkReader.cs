using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Reads the specification of a network from the symbol of its class. Nothing of Roslyn's leaves it.</summary>
internal static class NetworkReader
{
    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat NameFormat = new(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The network that a declaration marked <c>[Network]</c> stands for; null when nothing can be generated for it.</summary>
    public static NetworkSpec? Read(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        // Two [Network] on two declarations are the C# compiler's error; the class is read once all the same.
        return attributed.TargetSymbol is INamedTypeSymbol type
            && Symbols.NetworkAttributeOf(type)?.ApplicationSyntaxReference is { } first
            && attributed.TargetNode.SyntaxTree == first.SyntaxTree
            && attributed.TargetNode.Span.Contains(first.Span)
                ? Read(type, cancellationToken)
                : null;
    }

    /// <summary>The network of a class; null when its declaration breaks a rule, or the C# compiler itself rejects one of its attributes.</summary>
    public static NetworkSpec? Read(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        IsNamed(type) && DeclarationRules.Check(type, cancellationToken) is null && ElementReader.Read(Symbols.ElementsOf(type), cancellationToken) is { } elements
            ? new NetworkSpec(ReadType(type), elements, ReadUnroll(type), Symbols.IsSet(type, "Streaming"), Symbols.IsSet(type, "Stateful"), Symbols.ModeOf(type), ReadWeights(type))
            : null;

    /// <summary>Whether the class and all around it have names, which they lack while somebody types them.</summary>
    private static bool IsNamed(ISymbol symbol) => symbol is INamespaceSymbol { IsGlobalNamespace: true } || (symbol.Name.Length > 0 && IsNamed(symbol.ContainingSymbol));

    // A number without a name, which only a cast can give, counts as the default.
    private static UnrollMode ReadUnroll(INamedTypeSymbol type)
    {
        TypedConstant given = Symbols.NetworkAttributeOf(type)!.NamedArguments.FirstOrDefault(argument => argument.Key == nameof(NetworkSpec.Unroll)).Value;
        return given.Value is int value && System.Enum.IsDefined(typeof(UnrollMode), value) ? (UnrollMode)value : UnrollMode.Auto;
    }

    /// <summary>The weights that a class names. What is in the file, the project's manifests say: see <see cref="WeightsFiles"/>.</summary>
    private static WeightsSpec? ReadWeights(INamedTypeSymbol type)
    {
        AttributeData? weights = Symbols.WeightsAttributeOf(type);
        bool literals = weights?.NamedArguments.FirstOrDefault(argument => argument.Key == "As").Value.Value is (int)WeightsForm.Literals;
        return weights?.ConstructorArguments.FirstOrDefault().Value is string file
            ? new WeightsSpec(WeightsFiles.NameOf(file), literals ? WeightsForm.Literals : WeightsForm.Resource, Manifest: null)
            : null;
    }

    private static TypeSpec ReadType(INamedTypeSymbol type)
    {
        Stack<string> containers = [];
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            containers.Push($"partial {Keyword(container)} {container.ToDisplayString(NameFormat)}");

        return new TypeSpec(
            type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(NamespaceFormat),
            new EquatableArray<string>(containers),
            Keyword(type),
            type.ToDisplayString(NameFormat),
            type.IsRecord ? new RecordSpec(type.IsSealed, type.BaseType is { SpecialType: not SpecialType.System_Object }, ValuesOf(type)) : null);
    }

    /// <summary>The fields of a type, a property that the C# compiler keeps in a field by its own name.</summary>
    private static EquatableArray<string> ValuesOf(INamedTypeSymbol type) => new(
        from field in type.GetMembers().OfType<IFieldSymbol>()
        where !field.IsStatic
        let member = field.AssociatedSymbol ?? field
        where member.CanBeReferencedByName
        select member.ToDisplayString(NameFormat));

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true } => "record",
        _ => "class",
    };
}
