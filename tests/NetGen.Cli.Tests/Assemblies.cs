using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Cli.Tests;

[assembly: AssemblyFixture(typeof(Assemblies))]

namespace NetGen.Cli.Tests;

/// <summary>Assemblies that were compiled once for all tests, in a folder that is removed after them.</summary>
public sealed class Assemblies : IDisposable
{
    private const string Networks = """
        using NetGen;
        namespace Vision;

        [Network]
        [Input(64), Dense(32), ReLU]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public sealed partial class DigitNet;

        [Network]
        [Input(3, 12, 12), Conv2D(8, 3), BatchNorm, ReLU]
        [Residual<Basic>, ReLU]
        [MaxPool2D(2), Dropout(0.2f), Flatten, Dense(10)]
        [SoftmaxCrossEntropy]
        public sealed partial class ResNet;

        [Block, Conv2D(8, 3), BatchNorm, ReLU, Conv2D(8, 3), BatchNorm] file class Basic;
        """;

    private const string Deep = """
        using NetGen;

        [Network]
        [Input(16), Repeat<Stage>(40), Dense(4)]
        [SoftmaxCrossEntropy]
        public sealed partial class DeepNet;

        [Block, Residual<Inner>] file class Stage;
        [Block, Dense(16), LayerNorm, ReLU, Dense(16)] file class Inner;
        """;

    public Assemblies()
    {
        Folder = Directory.CreateTempSubdirectory("netgen-cli-").FullName;
        Both = Compile("Both.dll", Networks);
        Changed = Compile("Changed.dll", Networks.Replace("Dense(32)", "Dense(48)", StringComparison.Ordinal).Replace(", ReLU]\n[MaxPool2D", ", Tanh]\n[MaxPool2D", StringComparison.Ordinal));
        TwoHundred = Compile("Deep.dll", Deep);
    }

    /// <summary>Where files may be written.</summary>
    public string Folder { get; }

    /// <summary>Two networks, <c>Vision.DigitNet</c> and <c>Vision.ResNet</c>.</summary>
    public string Both { get; }

    /// <summary>The same with a wider layer in the one, and another activation in the other.</summary>
    public string Changed { get; }

    /// <summary>One network of more than 200 layers.</summary>
    public string TwoHundred { get; }

    /// <summary>A file in the folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Compiles an assembly as a Debug build does.</summary>
    public string Compile(string name, string source, string inspect = "true")
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(source);
        GeneratorRun run = GeneratorHarness.Run(compilation, new Dictionary<string, string> { ["NetGenInspect"] = inspect });
        string file = File(name);
        using FileStream stream = System.IO.File.Create(file);
        var emitted = run.Output.Emit(stream);
        return emitted.Success ? file : throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a command wrote.</summary>
public sealed record Ran(int Code, string Output, string Error)
{
    public static Ran Command(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = CommandLine.Run(args, output, error);
        return new(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>What a command wrote that worked.</summary>
    public static string Well(params string[] args)
    {
        Ran ran = Command(args);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        return ran.Output;
    }
}
