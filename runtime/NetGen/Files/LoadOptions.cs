namespace NetGen;

/// <summary>
/// How a file is matched with a network. By default all of it must match, and a file that NetGen wrote must be of the same architecture. Any of these
/// options says that the file is another network's: then only names and shapes must match.
/// </summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Maps a tensor's name in the file to its name in the network, such as <c>fc1.weight</c> to <c>dense1.weight</c>; null skips the tensor.
    /// </summary>
    public Func<string, string?>? MapName { get; init; }

    /// <summary>
    /// Whether parameters and state that the file lacks stay as they are. State of preprocessing layers, which a file of PyTorch's does not have,
    /// is such a case.
    /// </summary>
    public bool AllowMissing { get; init; }

    /// <summary>Whether tensors that the network has no place for are ignored.</summary>
    public bool AllowUnused { get; init; }

    /// <summary>Whether the file may be of another architecture.</summary>
    internal bool AllowsOtherNetworks => MapName is not null || AllowMissing || AllowUnused;
}
