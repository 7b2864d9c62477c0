namespace NetGen.Benchmarks.Workloads;

/// <summary>All workloads, in the order of the report.</summary>
internal static class WorkloadTable
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        .. ProductWorkloads.All,
        .. ConvolutionWorkloads.All,
        .. PredictionWorkloads.All,
        .. TrainingWorkloads.All,
        .. ImageWorkloads.All,
        .. SequenceWorkloads.All,
        .. StreamWorkloads.All,
        .. MapWorkloads.All,
        .. RegionWorkloads.All,
    ];

    /// <summary>Those with one of these names, or of a group with one of them; all of them for no names.</summary>
    /// <exception cref="FormatException">A name fits none; the message says which.</exception>
    public static IReadOnlyList<Workload> Select(IReadOnlyCollection<string> names)
    {
        foreach (string name in names)
        {
            if (!All.Any(workload => Fits(workload, name)))
            {
                throw new FormatException(name.StartsWith('-')
                    ? $"there is no option '{name}'; compare --help names them all"
                    : $"there is no workload '{name}'; compare --list names them all");
            }
        }
        return names.Count == 0 ? All : [.. All.Where(workload => names.Any(name => Fits(workload, name)))];
    }

    private static bool Fits(Workload workload, string name) => workload.Name == name || workload.Group == name;
}
