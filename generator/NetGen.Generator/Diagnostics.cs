using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Issues;

namespace NetGen.Generator;

/// <summary>The compiler's issues as Roslyn knows them.</summary>
internal static class Diagnostics
{
    private const string DocsUri = "https://github.com/netgen/netgen/blob/main/docs/diagnostics/";

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = IssueDescriptors.All.ToDictionary(
        issue => issue.Id,
        issue => new DiagnosticDescriptor(
            issue.Id,
            issue.Title,
            issue.MessageFormat,
            category: "NetGen",
            issue.Severity switch
            {
                IssueSeverity.Info => DiagnosticSeverity.Info,
                IssueSeverity.Warning => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Error,
            },
            isEnabledByDefault: true,
            helpLinkUri: $"{DocsUri}{issue.Id}.md"));

    /// <summary>What a diagnostic hands to its code fix.</summary>
    public static ImmutableDictionary<string, string?>? PropertiesOf(string? suggestion) =>
        suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(nameof(Issue.Suggestion), suggestion);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [.. IssueDescriptors.All.Select(Of)];

    public static DiagnosticDescriptor Of(IssueDescriptor issue) => ById[issue.Id];
}
