using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Truth;

/// <summary>Attribute lists that nobody thought of: NetGen compiles them or says what is wrong, and never adds errors of another kind.</summary>
public sealed class RandomMistakeTests
{
    /// <summary>Lists a compilation: 512 in every run, 10,240 in a full one.</summary>
    private const int Together = 256;

    [Fact]
    public void Random_mistakes_give_a_diagnostic_or_none_and_never_a_crash()
    {
        (int sound, int mistaken) = (0, 0);
        RandomCase.Check(compilations: 2, greatestDepth: 8, together: Together, holds: cases =>
        {
            string[] sources = [.. cases.Select((given, index) => Source(given, index))];
            GeneratorRun run = GeneratorHarness.Run(sources);
            ImmutableArray<Diagnostic> found = run.AnalyzeAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();

            Assert.All(found, diagnostic => Assert.StartsWith("NETG", diagnostic.Id, StringComparison.Ordinal));
            string[] others = [.. run.CompilerDiagnostics().Select(diagnostic => diagnostic.ToString())];
            Assert.True(others.Length == 0, $"the compiler has something to say besides NetGen:\n{string.Join('\n', others)}\n{string.Join('\n', sources)}");
            string?[] files = [.. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Location.SourceTree?.FilePath).Distinct()];
            mistaken += files.Length;
            sound += sources.Length - files.Length;
        });

        // Both kinds have to be met, or the property says nothing.
        Assert.True(sound > mistaken / 20 && mistaken > sound / 20, $"{sound} networks compiled and {mistaken} did not");
    }

    private static string Source(RandomCase given, int index)
    {
        (string attributes, string blocks) = MistakenNetworks.Draw(given);
        return $"using NetGen;\nnamespace Case{index};\n[Network]\n{attributes}\npublic sealed partial class Network;\n{blocks}\n";
    }
}
