using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Reads what a network may cost: from its <c>[Budget]</c>, and for what that leaves open, from properties of the project such as <c>NetGenBudgetFlops</c>.</summary>
internal static class BudgetReader
{
    private const string NoLimit = "leave it out where there is no limit";

    /// <summary>The budget of a network, or what is wrong with it; neither where there is none.</summary>
    public static (BudgetSpec? Budget, Issue? Issue) Read(INamedTypeSymbol type, AnalyzerConfigOptions project)
    {
        AttributeData? attribute = Symbols.BudgetAttributeOf(type);
        if (attribute is { NamedArguments.IsEmpty: true })
            return (null, Invalid(Issue.AtBudget, null, "[Budget]", "a limit", "none", "set one, such as Parameters = 100_000"));

        var limits = new Dictionary<string, BudgetLimit>();
        foreach (string name in new[] { nameof(BudgetSpec.Parameters), nameof(BudgetSpec.ArenaBytes), nameof(BudgetSpec.Flops) })
        {
            string property = $"NetGenBudget{name}";
            if (attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is long most)
            {
                string given = most.ToString(CultureInfo.InvariantCulture);
                if (most < 1)
                    return (null, Invalid(Issue.AtBudget, ArgumentReader.NameOf(name), "[Budget]", $"{name} of at least 1", given, NoLimit));
                limits[name] = new(most);
            }
            else if (project.TryGetValue($"build_property.{property}", out string? text) && text.Length > 0)
            {
                if (!long.TryParse(text.Replace("_", ""), NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < 1)
                    return (null, Invalid([], null, $"The project's {property}", "a whole number of at least 1", $"'{text}'", NoLimit));
                limits[name] = new(number, property);
            }
        }
        return (limits.Count == 0 ? null : new(Of(nameof(BudgetSpec.Parameters)), Of(nameof(BudgetSpec.ArenaBytes)), Of(nameof(BudgetSpec.Flops))), null);

        BudgetLimit? Of(string name) => limits.TryGetValue(name, out BudgetLimit? limit) ? limit : null;
    }

    private static Issue Invalid(EquatableArray<int> place, string? argument, params string[] arguments) => new(IssueDescriptors.InvalidBudget, place, argument, new(arguments));
}
