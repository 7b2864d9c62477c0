using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>What NetGen's attributes look like to Roslyn. They are recognised by name, in the generator and in the analyzers alike.</summary>
internal static class Symbols
{
    public const string Network = "NetGen.NetworkAttribute";

    /// <summary>What every generated network implements.</summary>
    public const string NetworkInterface = "NetGen.IPredictor";

    /// <summary>The <c>[Network]</c> of a class; null when it has none.</summary>
    public static AttributeData? NetworkAttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => IsNetGen(attribute.AttributeClass, "NetworkAttribute"));

    /// <summary>Whether a network's <c>[Network]</c> sets one of its properties of two values.</summary>
    public static bool IsSet(INamedTypeSymbol type, string property) =>
        NetworkAttributeOf(type)!.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value.Value is true;

    /// <summary>The <c>[Weights]</c> of a class; null when it has none.</summary>
    public static AttributeData? WeightsAttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => IsNetGen(attribute.AttributeClass, "WeightsAttribute"));

    /// <summary>The <c>[Budget]</c> of a class; null when it has none.</summary>
    public static AttributeData? BudgetAttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => IsNetGen(attribute.AttributeClass, "BudgetAttribute"));

    /// <summary>Whether a class is marked <c>[Block]</c>.</summary>
    public static bool IsBlock(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => IsNetGen(attribute.AttributeClass, "BlockAttribute"));

    /// <summary>The inputs, layers and losses of a class: in source order when they stand on one declaration.</summary>
    public static IReadOnlyList<AttributeData> ElementsOf(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(attribute => IsOrDerives(attribute.AttributeClass, "NetworkElementAttribute"))];

    /// <summary>The index of the first input among the elements of a class; null where it has none.</summary>
    public static int? FirstInputOf(INamedTypeSymbol type)
    {
        int index = ElementsOf(type).ToList().FindIndex(attribute => IsNetGen(attribute.AttributeClass, "InputAttribute"));
        return index < 0 ? null : index;
    }

    /// <summary>What a class is for. A number without a name, which only a cast can give, counts as the default.</summary>
    public static NetworkMode ModeOf(INamedTypeSymbol type) =>
        NetworkAttributeOf(type)!.NamedArguments.FirstOrDefault(argument => argument.Key == nameof(NetworkSpec.Mode)).Value.Value is (int)NetworkMode.Inference
            ? NetworkMode.Inference
            : NetworkMode.Training;

    /// <summary>Whether a class can be trained: it has a loss, and parameters that are not fixed.</summary>
    public static bool IsTrainable(INamedTypeSymbol type) =>
        ModeOf(type) == NetworkMode.Training && type.GetAttributes().Any(attribute => IsOrDerives(attribute.AttributeClass, "LossAttribute"));

    /// <summary>Whether the only input of a class is a sequence: (time, features), or ids.</summary>
    public static bool ReadsSequence(INamedTypeSymbol type)
    {
        AttributeData[] inputs = [.. type.GetAttributes().Where(attribute => IsNetGen(attribute.AttributeClass, "InputAttribute"))];
        return inputs.Length == 1 && (ArgumentReader.Read(inputs[0])?.Any(argument => argument.Name == "type" && argument.Values.Contains("Index")) == true
            || inputs[0].ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false, Values.Length: 2 });
    }

    /// <summary>The names of the outputs that a class declares.</summary>
    public static IEnumerable<string> OutputsOf(INamedTypeSymbol type) =>
        type.GetAttributes().Where(attribute => IsNetGen(attribute.AttributeClass, "OutputAttribute"))
            .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value).OfType<string>().Where(name => name.Length > 0);

    /// <summary>Indices of the elements that come first on their declaration. Metadata knows no declarations, so all of it counts as one.</summary>
    public static IReadOnlyList<int> FirstOfEachDeclaration(IReadOnlyList<AttributeData> elements) =>
        [.. Enumerable.Range(0, elements.Count).GroupBy(index => DeclarationOf(elements[index])).Select(group => group.First())];

    private static SyntaxNode? DeclarationOf(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax().Parent?.Parent;

    private static bool IsOrDerives(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsNetGen(type, name))
                return true;
        }
        return false;
    }

    private static bool IsNetGen(INamedTypeSymbol? type, string name) =>
        type is { ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;
}
