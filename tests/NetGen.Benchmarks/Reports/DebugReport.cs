using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>What Debug builds cost, as a table for people.</summary>
internal static class DebugReport
{
    public static void Write(IEnumerable<DebugCostResult> results, TextWriter output)
    {
        MarkdownTable table = new(
            output, ("work", -36), ("Release", 9), ("Debug", 9), ("cost", 7), ("Debug with Optimize=true", 24), ("cost", 7), ("target", -22));
        table.WriteHeadings();
        foreach (DebugCostResult result in results)
        {
            string target = result.IsMet is { } met ? $"at most {result.Limit:0.0}x: {(met ? "met" : "MISSED")}" : "";
            table.WriteLine(
                $"{result.Work}",
                Times.Text(result.Release),
                Times.Text(result.Debug),
                $"{result.Debug / result.Release:0.00}x",
                Times.Text(result.OptimizedDebug),
                $"{result.OptimizedDebug / result.Release:0.00}x",
                target);
        }
    }
}
