namespace NetGen.Benchmarks.Peers;

/// <summary>All peers.</summary>
internal static class PeerTable
{
    public static OpenBlas OpenBlas { get; } = new();

    public static OneDnn OneDnn { get; } = new();

    public static OnnxRuntime OnnxRuntime { get; } = new();

    /// <summary>As people write it: modules, autograd, an optimizer.</summary>
    public static PyTorch PyTorch { get; } = new("PyTorch");

    /// <summary>A training step written out in its operations, without autograd: no more than PyTorch's kernels cost.</summary>
    public static PyTorch PyTorchByHand { get; } = new("PyTorch by hand", "--by-hand");

    /// <summary>Images and weights of convolutions in the layout that suits PyTorch's kernels, which one has to ask for.</summary>
    public static PyTorch PyTorchChannelsLast { get; } = new("PyTorch channels_last", "--channels-last");

    public static IReadOnlyList<Peer> All { get; } = [OpenBlas, OneDnn, OnnxRuntime, PyTorch, PyTorchByHand, PyTorchChannelsLast];
}
