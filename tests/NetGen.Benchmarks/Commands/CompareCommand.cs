using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Reports;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>compare</c>: NetGen and its peers in turns.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string[]> workloads = new("workload") { Description = "What to measure: names of workloads or of groups; everything if there is none." };
        Option<int?> threads = new("--threads")
        {
            Description = "How many threads each side uses; otherwise the number that each workload's targets are for.",
            CustomParser = ThreadCount,
        };
        Option<string?> json = new("--json") { Description = "Writes the results to this file as well." };
        Option<bool> quick = new("--quick") { Description = "Fewer and shorter rounds: everything in under two minutes, for a first look." };
        Option<bool> list = new("--list") { Description = "Names the workloads and their targets, and measures nothing." };
        Option<bool> debug = new("--debug") { Description = "Measures what a Debug build of an app costs, instead." };
        Command command = new("compare", "Runs NetGen and each installed peer in turns, and says who is how fast.") { workloads, threads, json, quick, list, debug };
        command.SetAction(parsed =>
        {
            Pace pace = parsed.GetValue(quick) ? Pace.Quick : Pace.Thorough;
            if (parsed.GetValue(debug))
            {
                if (parsed.GetValue(workloads) is { Length: > 0 } || parsed.GetResult(threads) != null || parsed.GetResult(json) != null)
                {
                    throw new FormatException("--debug has its own workloads; give it no other option than --quick");
                }
                DebugReport.Write(DebugCost.Measure(pace), Console.Out);
                return 0;
            }
            IReadOnlyList<Workload> selected = WorkloadTable.Select(parsed.GetValue(workloads) ?? []);
            if (parsed.GetValue(list)) return List(selected);
            string? file = parsed.GetValue(json);
            if (file != null) CheckWritable(file);
            Run(selected, parsed.GetValue(threads), file, pace);
            return 0;
        });
        return command;
    }

    /// <summary>Fails before minutes are spent on results that cannot be saved.</summary>
    private static void CheckWritable(string file)
    {
        try
        {
            using FileStream _ = new(file, FileMode.OpenOrCreate, FileAccess.Write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"--json expects a file that can be written, got '{file}': {exception.Message}", exception);
        }
    }

    private static int? ThreadCount(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= Environment.ProcessorCount) return count;
        result.AddError($"--threads expects 1 to {Environment.ProcessorCount}, which is what this machine has, got '{text}'");
        return null;
    }

    private static int List(IEnumerable<Workload> workloads)
    {
        foreach (IGrouping<string, Workload> group in workloads.GroupBy(workload => workload.Group))
        {
            Console.WriteLine(group.Key);
            foreach (Workload workload in group)
            {
                string[] targets = [.. workload.Targets.Select(target => $"{target.Text}{(target.Threads > 1 ? $" on {target.Threads} threads" : "")}")];
                Console.WriteLine($"  {workload.Name,-32}  {string.Join(", ", targets)}");
            }
        }
        return 0;
    }

    /// <summary>Says which peers are not installed, and how to install them.</summary>
    public static void NameMissing(IEnumerable<Workload> workloads)
    {
        foreach (Peer peer in workloads.SelectMany(workload => workload.Peers).Distinct().Where(peer => !peer.IsInstalled))
        {
            Console.WriteLine($"{peer.Name} is not installed: {peer.InstallCommand}");
        }
    }

    private static void Run(IReadOnlyList<Workload> workloads, int? threads, string? json, Pace pace)
    {
        Console.WriteLine(Machine.Summary);
        Console.WriteLine($"medians of {pace.Rounds} rounds");
        NameMissing(workloads);
        Console.WriteLine();

        using PeerProcesses peers = new();
        Comparison comparison = new(peers, pace);
        TableReport report = new(Console.Out);
        List<Result> results = [];
        report.Begin();
        foreach (Workload workload in workloads)
        {
            int[] counts = threads is { } chosen ? [chosen] : [.. workload.Threads.Where(count => count <= Environment.ProcessorCount)];
            foreach (int count in counts)
            {
                Result result = comparison.Run(workload, count);
                results.Add(result);
                report.Add(result);
            }
        }
        report.End();
        Console.WriteLine();
        foreach (string version in peers.Versions) Console.WriteLine(version);
        if (json != null) JsonReport.Write(json, results, peers.Versions, pace);
    }
}
