using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Reads the arguments of one attribute: constructor parameters, then the properties that were set.</summary>
internal static class ArgumentReader
{
    /// <summary>Reads the arguments; null when the C# compiler itself rejects one of them. A null that stands for "not given" is left out.</summary>
    public static EquatableArray<ArgumentSpec>? Read(AttributeData attribute)
    {
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
            return null;

        List<ArgumentSpec> arguments = [];
        IEnumerable<(string Name, TypedConstant Value)> given = constructor.Parameters
            .Zip(attribute.ConstructorArguments, (parameter, value) => (parameter.Name, value))
            .Concat(attribute.NamedArguments.Select(named => (NameOf(named.Key), named.Value)));

        foreach ((string name, TypedConstant value) in given)
        {
            if (ValuesOf(value) is not { } values)
                return null;

            if (values.Count > 0 || value.Kind == TypedConstantKind.Array)
                arguments.Add(new ArgumentSpec(name, values));
        }
        return new EquatableArray<ArgumentSpec>(arguments);
    }

    /// <summary>The name that the specification uses for a property: <c>InitScale</c> becomes <c>initScale</c>.</summary>
    public static string NameOf(string property) => property.Length == 0 ? property : char.ToLowerInvariant(property[0]) + property.Substring(1);

    private static EquatableArray<object>? ValuesOf(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Primitive => constant.Value is { } value ? new EquatableArray<object>([value]) : [],
        TypedConstantKind.Enum => new EquatableArray<object>([MemberOf(constant)]),
        TypedConstantKind.Array => ElementsOf(constant),
        _ => null,
    };

    private static EquatableArray<object>? ElementsOf(TypedConstant array)
    {
        ImmutableArray<TypedConstant> constants = array.IsNull ? [] : array.Values;
        return constants.All(constant => constant.Kind == TypedConstantKind.Primitive)
            ? new EquatableArray<object>(constants.Select(constant => constant.Value ?? ""))
            : null;
    }

    /// <summary>The name of an enum's member; a value without one, which only a cast can give, by its number.</summary>
    private static string MemberOf(TypedConstant constant)
    {
        IEnumerable<IFieldSymbol> members = constant.Type!.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue);
        return members.FirstOrDefault(member => Equals(member.ConstantValue, constant.Value))?.Name
            ?? Convert.ToString(constant.Value, CultureInfo.InvariantCulture);
    }
}
