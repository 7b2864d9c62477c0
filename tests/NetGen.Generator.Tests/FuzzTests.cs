using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>
/// Source text that somebody is in the middle of typing, or worse: whatever stands there, generator and analyzer end without an exception, and what has no mistake that they or the compiler
/// tell becomes code that compiles.
/// </summary>
public sealed partial class FuzzTests
{
    private static readonly string[] Tokens =
    [
        "int.MaxValue", "int.MinValue", "-1", "0", "1e38f", "float.NaN", "null", "default", "\"\"", "\"\\0\"", "new[] { 1 }", "nameof(Net)", "typeof(int)", "(", ")", "[", "]", "<", ">", "{", "}", ",", "=", ";",
        "...", "#if X", "#pragma warning disable", "/*", "//", "class", "struct", "record", "interface", "file", "static", "abstract", "partial", "generic<T>", "Net", "object", "dynamic", "string", "@class",
        "System.Int32", "Dense(1)", "Input(1)", "ReLU", "Share = \"a\"", "Name = \"input\"", "From = \"dense1\"", "Residual<Net>", "Repeat<Net>(2)", "Block", "Network", "Weights(\"x\")", "Obsolete", "target:",
        "assembly:", "1 / 0", "2147483647 + 1", "Missing.Name", "$\"{1}\"", "'a'", "1L", "(int)Init", "params", "where T : struct",
    ];

    [Fact]
    public void Damaged_source_is_told_or_compiles()
    {
        string[] examples = [.. Examples()];
        string[][] split = [.. examples.Select(example => TokenOrSpace().Matches(example).Select(match => match.Value).ToArray())];
        byte[][] bytes = [.. examples.Select(Encoding.UTF8.GetBytes)];
        (int compiled, int told) = Fuzzing.Run(
            random => random.Next(6) == 0 ? Damage.Of(bytes, random) : Encoding.UTF8.GetBytes(string.Concat(Damaged(split, random))),
            file => Compiles(Encoding.UTF8.GetString(file)),
            cases: 150);
        Assert.True(compiled > 0 && told > 0, $"{compiled} sources compiled and {told} did not");
    }

    /// <summary>One to four tokens that are missing, there twice, moved, or others.</summary>
    private static List<string> Damaged(string[][] examples, Random random)
    {
        List<string> tokens = [.. examples[random.Next(examples.Length)]];
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int at = random.Next(tokens.Count);
            string[] other = examples[random.Next(examples.Length)];
            switch (random.Next(8))
            {
                case 6 or 7:
                    int number = tokens.FindIndex(at, token => char.IsAsciiDigit(token[0]));
                    if (number >= 0) tokens[number] = random.Next(1, 65).ToString(CultureInfo.InvariantCulture);
                    break;
                case 0:
                    tokens.RemoveRange(at, Math.Min(random.Next(1, 6), tokens.Count - at - 1));
                    break;
                case 1:
                    tokens.InsertRange(random.Next(tokens.Count), tokens.GetRange(at, Math.Min(random.Next(1, 12), tokens.Count - at)));
                    break;
                case 2:
                    (int first, int second) = (at, random.Next(tokens.Count));
                    (tokens[first], tokens[second]) = (tokens[second], tokens[first]);
                    break;
                case 3:
                    tokens[at] = other[random.Next(other.Length)];
                    break;
                case 4:
                    int from = random.Next(other.Length);
                    tokens.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 12), other.Length - from)));
                    break;
                default:
                    tokens[at] = Tokens[random.Next(Tokens.Length)];
                    break;
            }
        }
        return tokens;
    }

    private static bool Compiles(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Diagnostic[] said = [.. run.AnalyzeAsync(CancellationToken.None).GetAwaiter().GetResult().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Diagnostic[] errors = [.. run.CompilerDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        bool isMistaken = said.Length > 0 || errors.Any(error => error.Location.SourceTree is not { } tree || tree.FilePath == "File0.cs");
        Assert.True(isMistaken || errors.Length == 0, $"only generated code has errors: {string.Join('\n', errors.Select(error => error.ToString()))}\n{source}");
        return errors.Length == 0 && said.Length == 0;
    }

    /// <summary>All networks of the documentation, right ones and wrong ones.</summary>
    private static IEnumerable<string> Examples() =>
        LinkTests.AllPages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).SelectMany(page => PageTests.BlocksOf(page, "csharp")).Select(block => block.Code)
            .Where(code => code.Contains("[Network", StringComparison.Ordinal))
            .Concat(DocumentationTests.LayerExamples.Select(example => $"[Network] {example} public sealed partial class Net;\n[Block, Dense(16), ReLU] file class Sixteen;\n"))
            .Select(code => $"using NetGen;\n{code}");

    [GeneratedRegex("\\w+|\\s+|\"[^\"]*\"|.", RegexOptions.Singleline)]
    private static partial Regex TokenOrSpace();
}
