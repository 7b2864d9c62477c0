using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NetGen.Tests.Kernels;

/// <summary>What the JIT made of the methods that NetGen.HotMethods calls, in a process of its own.</summary>
internal sealed class JitListing
{
    /// <summary>The vectors that the process used: AVX-512, AVX2 or other.</summary>
    public required string Vectors { get; init; }

    public required IReadOnlyList<JitMethod> Methods { get; init; }

    /// <summary>Runs the program with more <c>DOTNET_</c> settings.</summary>
    public static JitListing Of(params (string Name, string Value)[] settings)
    {
        string listing = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "NetGen.HotMethods.dll")]) { RedirectStandardOutput = true };
            foreach (var (name, value) in settings) start.Environment[name] = value;
            start.Environment["DOTNET_JitDisasm"] = "Run Panel Blocks";
            start.Environment["DOTNET_JitStdOutFile"] = listing;
            using Process process = Process.Start(start)!;
            string vectors = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            string[] texts = File.ReadAllText(listing).Split("; Assembly listing for method ");
            return new() { Vectors = vectors, Methods = [.. texts.Skip(1).Select(text => new JitMethod(text.Split('\n')))] };
        }
        finally
        {
            File.Delete(listing);
        }
    }
}

/// <summary>The machine code of one method.</summary>
internal sealed partial class JitMethod
{
    private readonly string[] _lines;
    private readonly Regex _stack;

    public JitMethod(string[] lines)
    {
        _lines = lines;
        // Without a frame rbp is a register like others.
        _stack = lines.Any(line => line.StartsWith("; rbp based frame", StringComparison.Ordinal)) ? StackOrFrame() : Stack();
    }

    /// <summary>Name and signature, then the level of optimisation in parentheses.</summary>
    public string Name => _lines[0];

    public bool IsOptimized => Name.EndsWith("(FullOpts)", StringComparison.Ordinal);

    /// <summary>Of the loops without another in them the one with the most fused multiply-adds. A loop is what a jump back goes over.</summary>
    public IReadOnlyList<string> InnermostLoop
    {
        get
        {
            var labels = new Dictionary<string, int>();
            var loops = new List<Range>();
            int latest = -1;
            for (int i = 0; i < _lines.Length; i++)
            {
                if (Label().Match(_lines[i]) is { Success: true } label) labels[label.Value] = i;
                if (Jump().Match(_lines[i]) is not { Success: true } jump || !labels.TryGetValue(jump.Groups[1].Value, out int start)) continue;
                if (start > latest) loops.Add(start..(i + 1));
                latest = Math.Max(latest, start);
            }
            return loops.Select(loop => _lines[loop]).MaxBy(loop => loop.Count(IsMultiplyAdd)) ?? [];
        }
    }

    /// <summary>All from the first fused multiply-add to the last.</summary>
    public IReadOnlyList<string> Body => [.. _lines.Take(Array.FindLastIndex(_lines, IsMultiplyAdd) + 1).SkipWhile(line => !IsMultiplyAdd(line))];

    public static bool IsMultiplyAdd(string line) => line.Contains("vfmadd", StringComparison.Ordinal);

    public static bool IsCall(string line) => line.TrimStart().StartsWith("call ", StringComparison.Ordinal);

    public bool TouchesStack(string line) => _stack.IsMatch(line);

    /// <summary>Whether a vector is written to the stack.</summary>
    public bool Spills(string line) => SpilledVector().IsMatch(line) && TouchesStack(line[..line.IndexOf(']', StringComparison.Ordinal)] + "]");

    [GeneratedRegex(@"^G_M\w+(?=:)")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT )?(G_M\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\[rsp\b")]
    private static partial Regex Stack();

    [GeneratedRegex(@"\[r[sb]p\b")]
    private static partial Regex StackOrFrame();

    [GeneratedRegex(@"^\s+vmov\w+\s+[xyz]mmword ptr \[")]
    private static partial Regex SpilledVector();
}
