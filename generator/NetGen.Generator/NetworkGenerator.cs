using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>Gives every class marked <c>[Network]</c> its members. Only the specification is cached; what follows from it is recomputed.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads what the build found in weights files.</summary>
    public const string ManifestStep = "WeightsManifest";

    /// <summary>The step that reads the attributes.</summary>
    public const string ReadStep = "ReadNetwork";

    /// <summary>The step whose output is the cached specification.</summary>
    public const string SpecStep = "NetworkSpec";

    /// <summary>The step that reads where layers stand.</summary>
    public const string InspectStep = "InspectNetwork";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<WeightsManifest>> manifests = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .SelectMany(static (file, token) => WeightsFiles.Read(file.Left, file.Right, token) is { } manifest ? new EquatableArray<WeightsManifest>([manifest]) : [])
            .WithTrackingName(ManifestStep)
            .Collect()
            .Select(static (all, _) => new EquatableArray<WeightsManifest>(all));

        IncrementalValuesProvider<NetworkSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Symbols.Network,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, token) => NetworkReader.Read(attributed, token))
            .WithTrackingName(ReadStep)
            .SelectMany(static (spec, _) => spec is null ? [] : new EquatableArray<NetworkSpec>([spec]))
            .Combine(manifests)
            .Select(static (pair, _) => WeightsFiles.Bind(pair.Left, pair.Right))
            .WithTrackingName(SpecStep);

        context.RegisterSourceOutput(specs, static (output, spec) =>
            output.AddSource(HintName.Of(spec.Type), NetworkCompiler.Compile(spec, output.CancellationToken).Source));

        // A second reading, because lines may not take part in what decides whether a network is compiled again. Editors ask for neither.
        IncrementalValuesProvider<InspectedNetwork> inspected = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Symbols.Network,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, token) => InspectedNetwork.Read(attributed, token))
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => InspectionOptions.Read(options.GlobalOptions)))
            .SelectMany(static (pair, _) => pair is { Left: { } network, Right.IsOn: true } ? new EquatableArray<InspectedNetwork>([network.In(pair.Right.Folder)]) : [])
            .Combine(manifests)
            .Select(static (pair, _) => pair.Left with { Spec = WeightsFiles.Bind(pair.Left.Spec, pair.Right) })
            .WithTrackingName(InspectStep);

        context.RegisterImplementationSourceOutput(inspected, static (output, network) =>
        {
            if (NetworkCompiler.Inspect(network.Spec, network.Places, output.CancellationToken) is { } source)
                output.AddSource(HintName.OfInspection(network.Spec.Type), source);
        });
    }
}
