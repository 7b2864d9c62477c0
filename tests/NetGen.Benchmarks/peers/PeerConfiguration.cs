namespace NetGen.Benchmarks.Peers;

/// <summary>A way of setting up a peer.</summary>
/// <param name="Name">As the report names it; empty where there is only one.</param>
/// <param name="Environment">Variables of its process.</param>
/// <param name="Library">The native library that its process loads, if any.</param>
internal sealed record PeerConfiguration(string Name, IReadOnlyDictionary<string, string> Environment, string Library = "");
