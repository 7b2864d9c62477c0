namespace NetGen.Benchmarks.Peers;

/// <summary>All peers.</summary>
internal static class PeerTable
{
    public static OpenBlas OpenBlas { get; } = new();

    public static OneDnn OneDnn { get; } = new();

    public static OnnxRuntime OnnxRuntime { get; } = new();

    public static PyTorch PyTorch { get; } = new();

    public static IReadOnlyList<Peer> All { get; } = [OpenBlas, OneDnn, OnnxRuntime, PyTorch];
}
