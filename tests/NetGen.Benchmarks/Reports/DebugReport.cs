using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>What Debug builds cost, as a table for people.</summary>
internal static class DebugReport
{
    private const string Line = "| {0,-36} | {1,9} | {2,9} | {3,7} | {4,24} | {5,7} | {6,-22} |";

    public static void Write(IEnumerable<DebugCostResult> results, TextWriter output)
    {
        output.WriteLine(string.Format(Line, "work", "Release", "Debug", "cost", "Debug with Optimize=true", "cost", "target"));
        output.WriteLine(string.Format(
            Line, new string('-', 36), "--------:", "--------:", "------:", $"{new string('-', 23)}:", "------:", new string('-', 22)));
        foreach (DebugCostResult result in results)
        {
            string target = result.IsMet is { } met ? $"at most {result.Limit:0.0}x: {(met ? "met" : "MISSED")}" : "";
            output.WriteLine(string.Format(
                Line,
                result.Work,
                Times.Text(result.Release),
                Times.Text(result.Debug),
                $"{result.Debug / result.Release:0.00}x",
                Times.Text(result.OptimizedDebug),
                $"{result.OptimizedDebug / result.Release:0.00}x",
                target));
            output.Flush();
        }
    }
}
