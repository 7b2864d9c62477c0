using System.CommandLine;
using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Commands;

/// <summary><c>check</c>: whether NetGen and its peers compute the same, so that their times can be compared.</summary>
internal static class CheckCommand
{
    // Of the largest number: each side adds in an order of its own.
    private const double Tolerance = 1e-3;

    public static Command Create()
    {
        Argument<string[]> workloads = new("workload") { Description = "What to check: names of workloads or of groups; everything if there is none." };
        Command command = new("check", "Gives NetGen and each installed peer equal numbers, and says how far their results are apart.") { workloads };
        command.SetAction(parsed => Run([.. WorkloadTable.Select(parsed.GetValue(workloads) ?? []).Where(workload => workload.Numbers != null)]) ? 0 : 1);
        return command;
    }

    private static bool Run(IReadOnlyList<Workload> workloads)
    {
        CompareCommand.NameMissing(workloads);
        using PeerProcesses peers = new();
        bool areEqual = true;
        foreach (Workload workload in workloads)
        {
            float[] ours = workload.Numbers!();
            float largest = ours.Max(MathF.Abs);
            foreach ((string name, float[] theirs) in workload.Peers.SelectMany(peer => peers.Numbers(peer, workload.Work)))
            {
                double difference = ours.Length == theirs.Length ? ours.Zip(theirs, (a, b) => (double)MathF.Abs(a - b)).Max() / largest : double.NaN;
                bool isEqual = difference <= Tolerance;
                Console.WriteLine($"{workload.Name,-24}  {name,-60}  {ours.Length,4} numbers, largest difference {difference:0.0e+0}");
                if (!isEqual) Console.WriteLine($"  DIFFERENT: NetGen {Some(ours)}, peer {Some(theirs)}");
                areEqual &= isEqual;
            }
        }
        return areEqual;
    }

    private static string Some(float[] numbers) => string.Join(' ', numbers.Take(5));
}
