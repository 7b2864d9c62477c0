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

    /// <summary>The one form of these messages: <c>file: tensor name: expected this, found that. Do so.</c></summary>
    internal static NetworkFormatException Create(
        string? file, string? tensor, string expected, string found, string advice, Exception? innerException = null)
    {
        (tensor, expected, found) = (tensor is null ? null : Shorten(tensor), Shorten(expected), Shorten(found));
        string where = (file ?? "The stream") + ": " + (tensor is null ? "" : $"tensor {tensor}: ");
        return new($"{where}expected {expected}, found {found}. {advice}", innerException)
        {
            File = file,
            Tensor = tensor,
            Expected = expected,
            Found = found,
        };
    }

    // A damaged file can hold names of any length, and what reads the properties prints them, too.
    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "...");
}
