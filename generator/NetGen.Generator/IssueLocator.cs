using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Issues;

namespace NetGen.Generator;

/// <summary>Finds the source of an issue by walking its path from the network's class inwards.</summary>
internal static class IssueLocator
{
    /// <summary>
    /// Where an issue shows: the innermost attribute on its path that this compilation holds, or the argument at fault; then the attributes that use
    /// the blocks around it, from the inside out.
    /// </summary>
    public static IReadOnlyList<Location> Locate(Issue issue, INamedTypeSymbol network, Compilation compilation)
    {
        Stack<Location> locations = [];
        foreach ((AttributeData attribute, bool isInnermost) in Walk(issue, network))
        {
            if (attribute.ApplicationSyntaxReference is { } reference && compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                var syntax = (AttributeSyntax)reference.GetSyntax();
                locations.Push(isInnermost ? LocateArgument(issue, attribute, syntax) : syntax.GetLocation());
            }
        }
        return [.. locations];
    }

    private static IEnumerable<(AttributeData Attribute, bool IsInnermost)> Walk(Issue issue, INamedTypeSymbol network)
    {
        if (issue.Path.Equals(Issue.AtWeights))
        {
            yield return (Symbols.WeightsAttributeOf(network)!, true);
            yield break;
        }
        if (issue.Path.Equals(Issue.AtBudget))
        {
            yield return (Symbols.BudgetAttributeOf(network)!, true);
            yield break;
        }
        if (issue.Path.Count == 0)
            yield return (Symbols.NetworkAttributeOf(network)!, true);

        INamedTypeSymbol type = network;
        for (int i = 0; i < issue.Path.Count; i += 2)
        {
            AttributeData attribute = Symbols.ElementsOf(type)[issue.Path[i]];
            bool isInnermost = i + 2 >= issue.Path.Count;
            yield return (attribute, isInnermost);
            if (!isInnermost)
                type = (INamedTypeSymbol)attribute.AttributeClass!.TypeArguments[issue.Path[i + 1]];
        }
    }

    /// <summary>The argument at fault as it was written; the whole attribute where it was not.</summary>
    private static Location LocateArgument(Issue issue, AttributeData attribute, AttributeSyntax syntax)
    {
        string? name = issue.Argument;
        if (name is null || syntax.ArgumentList is not { } list)
            return syntax.GetLocation();

        if (list.Arguments.FirstOrDefault(argument => NameOf(argument) == name) is { } named)
            return named.GetLocation();

        // Positional arguments stand for the parameters in order; the last of these takes all that are left when it is 'params'.
        ImmutableArray<IParameterSymbol> parameters = attribute.AttributeConstructor!.Parameters;
        int index = parameters.IndexOf(parameters.FirstOrDefault(parameter => parameter.Name == name)!);
        List<AttributeArgumentSyntax> positional = [.. list.Arguments.TakeWhile(argument => argument.NameEquals is null)];
        if (index < 0 || index >= positional.Count || NameOf(positional[index]) is not null)
            return syntax.GetLocation();

        if (parameters[index].IsParams && issue.Item is { } item && index + item < positional.Count)
            return positional[index + item].GetLocation();

        AttributeArgumentSyntax last = parameters[index].IsParams ? positional[positional.Count - 1] : positional[index];
        return Location.Create(syntax.SyntaxTree, TextSpan.FromBounds(positional[index].SpanStart, last.Span.End));
    }

    private static string? NameOf(AttributeArgumentSyntax argument) => argument switch
    {
        { NameEquals.Name.Identifier.ValueText: { } property } => ArgumentReader.NameOf(property),
        { NameColon.Name.Identifier.ValueText: { } parameter } => parameter,
        _ => null,
    };
}
