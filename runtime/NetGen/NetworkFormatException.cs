namespace NetGen;

/// <summary>A file that does not hold what the network expects. The network was left as it was.</summary>
public sealed class NetworkFormatException : Exception
{
    /// <summary>Creates an exception with a message that says what was expected, what came and what to do.</summary>
    public NetworkFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The file, where there is one.</summary>
    public string? File { get; init; }

    /// <summary>The tensor at fault, where it is one.</summary>
    public string? Tensor { get; init; }

    /// <summary>What the network expects, such as a shape.</summary>
    public string? Expected { get; init; }

    /// <summary>What the file holds.</summary>
    public string? Found { get; init; }
}
