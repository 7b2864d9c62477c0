namespace NetGen.Training;

/// <summary>A file that does not hold the data it should.</summary>
public sealed class DatasetFormatException : FormatException
{
    /// <summary>Creates an exception with a message that says what was expected, what came and what to do.</summary>
    public DatasetFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The file, as it was named by the caller; <c>CSV</c> where text was read.</summary>
    public required string File { get; init; }

    /// <summary>The line at fault, from 1, where it is one.</summary>
    public int? Line { get; init; }

    /// <summary>The name of the column at fault, where it is one.</summary>
    public string? Column { get; init; }
}
