using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Compiler.Spec;

namespace NetGen.Testing;

/// <summary>Networks compiled from source text and loaded; disposing lets the process forget them.</summary>
/// <example>
/// <code>
/// using var networks = InMemoryNetworks.Compile("""
///     using NetGen;
///     [Network, Input(2), Dense(1), MeanSquaredError] public partial class Line;
///     """);
/// var line = networks.Create&lt;ITrainable&gt;("Line");
/// </code>
/// </example>
public sealed class InMemoryNetworks : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private InMemoryNetworks(AssemblyLoadContext context, Assembly assembly, GeneratorRun run, IReadOnlyList<Diagnostic> warnings, long size)
    {
        Warnings = warnings;
        _context = context;
        Assembly = assembly;
        Sources = run.Sources;
        Specs = run.Specs;
        CodeSize = size - run.Weights.Sum(file => (long)file.Content.Length);
    }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Bytes of the assembly without the weights in it.</summary>
    public long CodeSize { get; }

    /// <summary>The generated files' text by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>What NetGen would rather not see in a network that people train.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <summary>What the generator read, a specification a network.</summary>
    public IReadOnlyList<NetworkSpec> Specs { get; }

    /// <summary>Compiles and loads networks; optimised, so that measurements mean something.</summary>
    /// <exception cref="InvalidOperationException">
    /// The compiler reports an error or a warning, or NetGen an error; the message holds it and every file with line numbers.
    /// </exception>
    public static InMemoryNetworks Compile(params IEnumerable<string> sources) => Compile([], sources);

    /// <summary>Compiles and loads networks whose weights are in their assembly.</summary>
    /// <inheritdoc cref="Compile(IEnumerable{string})"/>
    public static InMemoryNetworks Compile(IReadOnlyList<WeightsFile> weights, params IEnumerable<string> sources) => Compile(weights, weights, sources);

    /// <summary>Compiles and loads networks whose assembly holds other files than the compiler saw.</summary>
    /// <inheritdoc cref="Compile(IEnumerable{string})"/>
    public static InMemoryNetworks Compile(IReadOnlyList<WeightsFile> weights, IReadOnlyList<WeightsFile> resources, params IEnumerable<string> sources)
    {
        var compilation = GeneratorHarness.Compilation(sources);
        GeneratorRun run = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)), weights);
        using MemoryStream image = new();
        EmitResult emitted = run.Output.Emit(image, manifestResources: resources.Select(file => file.Resource));
        // What the compiler says is known once it has emitted; asked before, it would bind everything twice.
        ImmutableArray<Diagnostic> remarks = run.AnalyzeAsync(CancellationToken.None).GetAwaiter().GetResult();
        ImmutableArray<Diagnostic> diagnostics = [.. run.CompilerDiagnostics(), .. remarks.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (!diagnostics.IsEmpty)
            throw new InvalidOperationException(Describe(diagnostics, run.Output));
        if (!emitted.Success)
            throw new InvalidOperationException(Describe(emitted.Diagnostics, run.Output));

        image.Position = 0;
        AssemblyLoadContext context = new("Networks", isCollectible: true);
        return new InMemoryNetworks(context, context.LoadFromStream(image), run, [.. remarks.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)], image.Length);
    }

    /// <summary>A type by its full metadata name.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <summary>An instance of a network; optional constructor parameters that are not given take their defaults.</summary>
    public T Create<T>(string name, params object[] arguments) =>
        (T)Activator.CreateInstance(
            Type(name),
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding,
            binder: null,
            arguments,
            CultureInfo.InvariantCulture)!;

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();

    private static string Describe(IEnumerable<Diagnostic> diagnostics, Compilation compilation)
    {
        StringBuilder text = new("the networks do not compile:\n");
        foreach (Diagnostic diagnostic in diagnostics)
            text.Append(diagnostic).Append('\n');

        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            text.Append("\n--- ").Append(tree.FilePath).Append('\n');
            foreach (var line in tree.GetText().Lines)
                text.Append(CultureInfo.InvariantCulture, $"{line.LineNumber + 1,5} {line}\n");
        }
        return text.ToString();
    }
}
