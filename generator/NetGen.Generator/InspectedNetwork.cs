using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>
/// A network together with where its layers stand. Lines change with every edit above them, so this is read apart from the specification, and only where a
/// project is built.
/// </summary>
/// <param name="Spec">The network.</param>
/// <param name="Places">Where its elements stand.</param>
internal sealed record InspectedNetwork(NetworkSpec Spec, EquatableArray<SourcePlace> Places)
{
    /// <summary>The network that a declaration marked <c>[Network]</c> stands for; null when nothing can be generated for it.</summary>
    public static InspectedNetwork? Read(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken) =>
        NetworkReader.Read(attributed, cancellationToken) is { } spec ? new(spec, SourceMap.Read((INamedTypeSymbol)attributed.TargetSymbol, cancellationToken)) : null;

    /// <summary>The same with files as the project names them.</summary>
    public InspectedNetwork In(string? folder) => this with { Places = new(Places.Select(place => place with { File = SourceMap.InProject(place.File, folder) })) };
}

/// <summary>What a project asks for.</summary>
/// <param name="IsOn">Whether its assembly holds what its networks compiled to: <c>NetGenInspect</c>.</param>
/// <param name="Folder">Where it is.</param>
internal sealed record InspectionOptions(bool IsOn, string? Folder)
{
    public static InspectionOptions Read(AnalyzerConfigOptions options) => new(
        options.TryGetValue("build_property.NetGenInspect", out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase),
        options.TryGetValue("build_property.ProjectDir", out string? folder) ? folder : null);
}
