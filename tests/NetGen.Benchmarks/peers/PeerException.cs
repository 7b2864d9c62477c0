namespace NetGen.Benchmarks.Peers;

/// <summary>A peer does not work; the message says why.</summary>
internal sealed class PeerException(string message) : Exception(message);
