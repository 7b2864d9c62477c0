using Microsoft.CodeAnalysis;

namespace NetGen.Embedding.Tests;

/// <summary>What NetGen's analyzer says of a source that names a weights file.</summary>
internal static class Diagnoses
{
    /// <summary>Each as <c>NETG062 at "w.safetensors": message</c>.</summary>
    public static async Task<List<string>> Of(string source, WeightsFile file)
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(source), file);
        IEnumerable<Diagnostic> diagnostics = await run.AnalyzeAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.Select(diagnostic => $"{diagnostic.Id} at {diagnostic.Location.Text()}: {diagnostic.GetMessage()}")];
    }
}
