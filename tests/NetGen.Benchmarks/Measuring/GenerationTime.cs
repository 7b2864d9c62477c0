using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler;
using NetGen.Compiler.Spec;
using NetGen.Testing;

namespace NetGen.Benchmarks.Measuring;

/// <summary>How long the generator takes for one network.</summary>
/// <param name="Layers">Layers of the network, blocks counted once for each use.</param>
/// <param name="Generate">Seconds from a new compilation to the generated text.</param>
/// <param name="Compile">Seconds from the specification to the text.</param>
/// <param name="Analyze">Seconds that the analyzer takes for the specification.</param>
/// <param name="TextLength">Characters of the generated file.</param>
internal sealed record GenerationTime(int Layers, double Generate, double Compile, double Analyze, int TextLength)
{
    private const int LeastRuns = 8;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures a file with one network.</summary>
    public static GenerationTime Measure(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(source);
        NetworkSpec spec = GeneratorHarness.Run(compilation).Specs.Single();
        string text = NetworkCompiler.Compile(spec, CancellationToken.None).Source;
        return new GenerationTime(
            NetworkCompiler.Lower(spec, CancellationToken.None).Layers.Count,
            Least(() => GeneratorHarness.Driver().RunGenerators(GeneratorHarness.Compilation(source))),
            Least(() => NetworkCompiler.Compile(spec, CancellationToken.None)),
            Least(() => NetworkCompiler.Analyze(spec, CancellationToken.None)),
            text.Length);
    }

    /// <summary>The least time of many runs: what other programs take of the machine only ever adds.</summary>
    private static double Least(Action run)
    {
        double least = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < LeastRuns || Stopwatch.GetElapsedTime(start) < LeastTime; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        return least;
    }
}
