using System.Buffers.Binary;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// A safetensors file: named tensors and a map of strings. It is checked whole when read, so that what holds one can trust it.
/// The format is described at https://huggingface.co/docs/safetensors.
/// </summary>
public sealed class SafetensorsFile
{
    private Dictionary<string, SafetensorsTensor>? _byName;

    /// <summary>Creates a file to write.</summary>
    /// <param name="tensors">In the order of their data.</param>
    /// <param name="metadata">A map of strings, such as <c>format</c> = <c>pt</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is named <c>__metadata__</c>.</exception>
    public SafetensorsFile(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        HashSet<string> names = [SafetensorsHeaderParser.MetadataKey];
        if (tensors.FirstOrDefault(tensor => !names.Add(tensor.Name)) is { } taken)
        {
            throw new ArgumentException(
                $"Expected tensors of different names, none of them {SafetensorsHeaderParser.MetadataKey}, got {taken.Name} again.", nameof(tensors));
        }
        Tensors = tensors;
        Metadata = metadata ?? new Dictionary<string, string>();
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The map of strings; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file into memory.</summary>
    /// <exception cref="NetworkFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>
    /// Reads a stream from its position to its end, which is one file. A stream that cannot seek is buffered first and may be 2 GB long.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="NetworkFormatException">The stream breaks a rule of the format.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string? file = NameOf(stream);
        if (!stream.CanSeek)
        {
            MemoryStream buffer = new();
            stream.CopyTo(buffer);
            buffer.Position = 0;
            stream = buffer;
        }
        try
        {
            SafetensorsHeader header = SafetensorsHeader.Read(stream, file);
            SafetensorsTensor[] tensors = new SafetensorsTensor[header.Entries.Count];
            for (int i = 0; i < tensors.Length; i++)
            {
                SafetensorsEntry entry = header.Entries[i];
                byte[] data = new byte[entry.End - entry.Begin];
                stream.ReadExactly(data);
                tensors[i] = new SafetensorsTensor(entry.Name, entry.Type, entry.Shape, data);
            }
            return new SafetensorsFile(tensors, header.Metadata);
        }
        catch (EndOfStreamException exception)
        {
            throw NetworkFormatException.Create(
                file, null, "as many bytes as the file was long", "its end before that", "Read it when nobody is writing to it.", exception);
        }
    }

    /// <summary>
    /// Writes the file under a temporary name beside <paramref name="path"/> and then moves it there, so that nobody ever finds half a file. A link is
    /// followed, and a file that is replaced keeps its permissions.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of <paramref name="path"/> does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written; what was at <paramref name="path"/> is still there.</exception>
    public void Write(string path) => WholeFile.Write(path, Write);

    /// <summary>Writes the file to a stream, which stays open.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] header = Header();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in Tensors)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    /// <summary>The tensor of a name; null where there is none.</summary>
    internal SafetensorsTensor? Find(string name) => (_byName ??= Tensors.ToDictionary(tensor => tensor.Name)).GetValueOrDefault(name);

    /// <summary>The name of a stream's file for messages.</summary>
    internal static string? NameOf(Stream stream) => (stream as FileStream)?.Name;

    private byte[] Header()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeaderParser.MetadataKey);
                foreach ((string key, string value) in Metadata)
                {
                    json.WriteString(key, value);
                }
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (SafetensorsTensor tensor in Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.Type));
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offset, offset += tensor.Data.Length]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % sizeof(ulong) != 0)
        {
            buffer.WriteByte((byte)' '); // The data starts aligned, for those who map files into memory.
        }
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(key);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }
}
