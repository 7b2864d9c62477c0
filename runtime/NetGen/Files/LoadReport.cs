namespace NetGen;

/// <summary>What loading a file did.</summary>
/// <param name="Loaded">The network's names of the parameters and state that were overwritten.</param>
/// <param name="Missing">The network's names of those that the file lacks, which stayed as they were.</param>
/// <param name="Unused">The file's names of tensors that the network has no place for. Those that <see cref="LoadOptions.MapName"/> skipped are not
/// listed.</param>
/// <param name="StepCount">What <see cref="INetwork.StepCount"/> was set to; null where it stayed, because the file has none or is not wholly this
/// network's.</param>
public sealed record LoadReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused, long? StepCount);
