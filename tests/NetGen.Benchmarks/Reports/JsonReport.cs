using System.Text.Json;
using System.Text.Json.Serialization;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Reports;

/// <summary>The report for programs; docs/performance.md has its fields. Times are seconds of one repetition.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Write(string path, IEnumerable<Result> results, IEnumerable<string> peers, Pace pace)
    {
        var report = new
        {
            Machine = new { Machine.Processor, Machine.Cores, Machine.VectorBits, Machine.Runtime, Machine.System },
            Peers = peers,
            pace.Rounds,
            Results = results.Select(Describe),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(report, Options) + "\n");
    }

    private static object Describe(Result result) => new
    {
        Workload = result.Workload.Name,
        result.Threads,
        result.Seconds,
        result.Spread,
        result.ShareOfPeak,
        result.AllocatedBytes,
        Others = result.Others.Select(other => new { other.Contender.Name, other.Seconds, other.Spread, Ratio = other.Seconds / result.Seconds }),
        Targets = result.Workload.Targets.Where(target => target.Threads == result.Threads).Select(target => Describe(target, result)),
        result.Remarks,
    };

    private static object Describe(Target target, Result result) => new { target.Text, target.Limit, Value = target.Value(result), Met = target.IsMet(result) };
}
