using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Generator;

namespace NetGen.Testing;

/// <summary>Runs NetGen's generator and analyzers on source text, as the C# compiler does.</summary>
public static class GeneratorHarness
{
    /// <summary>The newest C# that the referenced Roslyn parses: C# 14 is <c>preview</c> to Roslyn 4.14.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    /// <summary>A compilation of files named <c>File0.cs</c>, <c>File1.cs</c> and so on that references .NET 10 and the runtime; unsafe code is off.</summary>
    public static CSharpCompilation Compilation(params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Networks",
        sources.Select((source, index) => Parse(source, $"File{index}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Parses a file as <see cref="Compilation"/> does.</summary>
    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8);

    /// <summary>A driver that holds NetGen's generator and records its incremental steps.</summary>
    /// <param name="weights">The weights files of the project.</param>
    public static GeneratorDriver Driver(params IReadOnlyList<WeightsFile> weights) => Driver(new Dictionary<string, string>(), weights);

    /// <inheritdoc cref="Driver(IReadOnlyList{WeightsFile})"/>
    /// <param name="properties">What the compiler sees of the project's properties.</param>
    /// <param name="weights">The weights files of the project.</param>
    public static GeneratorDriver Driver(IReadOnlyDictionary<string, string> properties, params IReadOnlyList<WeightsFile> weights) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        additionalTexts: weights.Select(file => file.Manifest),
        parseOptions: ParseOptions,
        optionsProvider: WeightsFile.OptionsOf(weights, properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator once.</summary>
    public static GeneratorRun Run(params IEnumerable<string> sources) => Run(Compilation(sources));

    /// <summary>Runs the generator once.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="weights">The weights files that it names.</param>
    public static GeneratorRun Run(CSharpCompilation compilation, params IReadOnlyList<WeightsFile> weights) => Run(compilation, new Dictionary<string, string>(), weights);

    /// <summary>Runs the generator once.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="properties">What the compiler sees of its properties.</param>
    /// <param name="weights">The weights files that it names.</param>
    public static GeneratorRun Run(CSharpCompilation compilation, IReadOnlyDictionary<string, string> properties, params IReadOnlyList<WeightsFile> weights)
    {
        GeneratorDriver driver = Driver(properties, weights).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        return result.Exception is null
            ? new GeneratorRun(
                output,
                result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()),
                [.. SpecsOf(result)],
                weights,
                properties)
            : throw new InvalidOperationException($"the generator threw: {result.Exception}", result.Exception);
    }

    private static IEnumerable<NetworkSpec> SpecsOf(GeneratorRunResult result) =>
        result.TrackedSteps.GetValueOrDefault(NetworkGenerator.SpecStep, [])
            .SelectMany(step => step.Outputs)
            .Select(output => (NetworkSpec)output.Value);
}

/// <summary>What one run of the generator gave.</summary>
/// <param name="Output">The compilation with the generated files.</param>
/// <param name="Sources">The generated files' text by hint name.</param>
/// <param name="Specs">What the generator read.</param>
/// <param name="Weights">The weights files of the project.</param>
/// <param name="Properties">What the compiler saw of the project's properties.</param>
public sealed record GeneratorRun(
    Compilation Output, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<NetworkSpec> Specs, IReadOnlyList<WeightsFile> Weights, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>What the C# compiler itself says, hidden messages left out. Public members owe a doc comment in generated files only.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics() =>
        [.. Output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)
            .Where(diagnostic => diagnostic.Id != "CS1591" || !IsGiven(diagnostic.Location))];

    /// <summary>What NetGen's analyzer says, in source order. An analyzer that throws fails the call.</summary>
    public Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CancellationToken cancellationToken) =>
        AnalyzeAsync([new NetworkAnalyzer()], cancellationToken);

    /// <summary>What the given analyzers and suppressors say, in source order. Suppressed diagnostics are among them and say so.</summary>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
    {
        Exception? thrown = null;
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([.. Weights.Select(file => file.Manifest)], WeightsFile.OptionsOf(Weights, Properties)),
            (exception, _, _) => thrown = exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> diagnostics = await Output.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return thrown is null
            ? [.. diagnostics
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan)]
            : throw new InvalidOperationException($"an analyzer threw: {thrown}", thrown);
    }

    private bool IsGiven(Location location) => location.SourceTree is { } tree && !Sources.Keys.Contains(Path.GetFileName(tree.FilePath));
}

/// <summary>Short ways to what tests ask of Roslyn.</summary>
public static class RoslynExtensions
{
    /// <summary>A compiled assembly to reference, as if it had come from a file.</summary>
    public static MetadataReference EmitToImageReference(this Compilation compilation)
    {
        using MemoryStream image = new();
        var emitted = compilation.Emit(image);
        return emitted.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new InvalidOperationException($"the referenced assembly does not compile:\n{string.Join('\n', emitted.Diagnostics)}");
    }

    /// <summary>The source text that a location marks.</summary>
    public static string Text(this Location location) =>
        location.SourceTree?.GetText().ToString(location.SourceSpan)
        ?? throw new ArgumentException($"expected a location in source, got {location}", nameof(location));
}
