using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Compiler.Spec;

/// <summary>Typed access to an element's arguments. The C# compiler has checked the types against the attribute.</summary>
public static class ElementSpecExtensions
{
    public static int Int(this ElementSpec element, string name) => (int)element.Values(name)[0];

    public static float Float(this ElementSpec element, string name, float otherwise) =>
        element.Values(name).FirstOrDefault() is { } value ? Convert.ToSingle(value, CultureInfo.InvariantCulture) : otherwise;

    public static bool Flag(this ElementSpec element, string name, bool otherwise) => element.Values(name).FirstOrDefault() as bool? ?? otherwise;

    public static string? Text(this ElementSpec element, string name) => element.Values(name).FirstOrDefault() as string;

    public static IReadOnlyList<int> Ints(this ElementSpec element, string name) => [.. element.Values(name).Cast<int>()];

    public static IReadOnlyList<float> Floats(this ElementSpec element, string name) => [.. element.Values(name).Select(value => Convert.ToSingle(value, CultureInfo.InvariantCulture))];

    public static IReadOnlyList<string> Texts(this ElementSpec element, string name) => [.. element.Values(name).Cast<string>()];

    /// <summary>Whether the argument was given.</summary>
    public static bool Has(this ElementSpec element, string name) => element.Arguments.Any(argument => argument.Name == name);

    private static object[] Values(this ElementSpec element, string name) =>
        element.Arguments.FirstOrDefault(argument => argument.Name == name) is { } found ? [.. found.Values] : [];
}
