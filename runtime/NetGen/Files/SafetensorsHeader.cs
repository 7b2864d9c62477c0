using System.Buffers.Binary;

namespace NetGen;

/// <summary>What a header says of one tensor; the offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Begin, long End)
{
    /// <summary>Bytes that the shape and the type ask for; null when they are more than any file holds.</summary>
    public long? Size
    {
        get
        {
            long size = SafetensorsTypes.SizeOf(Type);
            foreach (long extent in Shape)
            {
                if (extent != 0 && size > long.MaxValue / extent)
                {
                    return null;
                }
                size *= extent;
            }
            return size;
        }
    }
}

/// <summary>A checked header: its entries cover the data from first byte to last, in order, without gap or overlap.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The largest header that is read, the limit of the format's own implementation.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>What to do about a file that breaks the format's rules.</summary>
    public const string Damaged = "The file is damaged or not a safetensors file: copy it again or save it again.";

    /// <summary>Reads and checks the header of a file; the stream then stands at the first byte of data.</summary>
    /// <param name="stream">One that can seek, from its position to its end.</param>
    /// <param name="file">The file's name for messages, where there is one.</param>
    /// <exception cref="NetworkFormatException">The header breaks a rule of the format.</exception>
    /// <exception cref="EndOfStreamException">The stream ends before its length.</exception>
    public static SafetensorsHeader Read(Stream stream, string? file)
    {
        long available = stream.Length - stream.Position - sizeof(ulong);
        if (available < 0)
        {
            throw Bad($"at least {sizeof(ulong)} bytes, the length of the header", $"{available + sizeof(ulong)}");
        }
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
        {
            throw Bad($"a header of at most {MaxLength} bytes", $"a length of {length}");
        }
        if ((long)length > available)
        {
            throw Bad($"a header within the {available} bytes that follow its length", $"a length of {length}");
        }
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return new SafetensorsHeader(json, available - json.Length, file);

        NetworkFormatException Bad(string expected, string found) => NetworkFormatException.Create(file, null, expected, found, Damaged);
    }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Bytes of the file after the header.</param>
    /// <param name="file">The file's name for messages, where there is one.</param>
    /// <exception cref="NetworkFormatException">The header breaks a rule of the format.</exception>
    public SafetensorsHeader(ReadOnlySpan<byte> json, long dataLength, string? file)
    {
        SafetensorsHeaderParser parser = new(json, file);
        parser.Parse();
        Metadata = parser.Metadata;
        Entries = [.. parser.Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        CheckRanges(dataLength, file);
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The map of strings that a file may carry.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    private void CheckRanges(long dataLength, string? file)
    {
        long covered = 0;
        string previous = "the header";
        foreach (SafetensorsEntry entry in Entries)
        {
            string range = $"bytes {entry.Begin} to {entry.End}";
            if (entry.Begin > entry.End)
            {
                throw Bad(entry.Name, "data offsets in order", range);
            }
            if (entry.Size != entry.End - entry.Begin)
            {
                string shape = $"{SafetensorsTypes.NameOf(entry.Type)} [{string.Join(", ", entry.Shape)}]";
                throw Bad(
                    entry.Name,
                    entry.Size is { } size ? $"{size} bytes for its type and shape" : "a shape that a file can hold",
                    $"{range} for {shape}");
            }
            if (entry.End > dataLength)
            {
                throw Bad(entry.Name, $"data within the file's {dataLength} bytes of data", range);
            }
            if (entry.Begin != covered)
            {
                string fault = entry.Begin < covered ? "an overlap" : "a gap";
                throw Bad(entry.Name, $"data from byte {covered}, where {previous} ends", $"{fault}: {range}");
            }
            if (entry.End - entry.Begin > Array.MaxLength)
            {
                throw NetworkFormatException.Create(
                    file,
                    entry.Name,
                    $"at most {Array.MaxLength} bytes a tensor",
                    $"{entry.End - entry.Begin} bytes",
                    "Split the tensor, or store it as F16.");
            }
            covered = entry.End;
            previous = entry.Name;
        }
        if (covered != dataLength)
        {
            throw Bad(null, $"{covered} bytes of data, as the tensors use", $"{dataLength} bytes");
        }

        NetworkFormatException Bad(string? tensor, string expected, string found) =>
            NetworkFormatException.Create(file, tensor, expected, found, Damaged);
    }
}
