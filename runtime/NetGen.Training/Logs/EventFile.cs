using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace NetGen.Training;

/// <summary>
/// Writes TensorBoard's event files: records of TensorFlow's <c>TFRecord</c> format, each a message <c>Event</c> of
/// <c>tensorflow/core/util/event.proto</c> in the encoding of protocol buffers. Four kinds of messages are needed, of numbers and short texts, which
/// is less than the code that a protobuf library would generate and bring.
/// </summary>
internal sealed class EventFile : IDisposable
{
    // Field numbers of event.proto and summary.proto.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7;
    private const int SummaryValue = 1, Tag = 1, SimpleValue = 2, SessionStatus = 1;

    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;   // wire types

    private readonly Stream _stream;

    /// <summary>Takes over the stream.</summary>
    public EventFile(Stream stream)
    {
        _stream = stream;
        MemoryStream @event = Event(step: 0);
        Field(@event, FileVersion, "brain.Event:2"u8);
        Record(@event);
    }

    /// <summary>Says that events of this step and later ones, in files before, do not count: TensorBoard drops them when it reads a START of a session.</summary>
    public void Restart(long step)
    {
        MemoryStream @event = Event(step);
        Field(@event, SessionLog, [SessionStatus << 3 | Varint, 1]);   // status = START
        Record(@event);
    }

    /// <summary>Adds a number to the curve of a name.</summary>
    public void Scalar(long step, string tag, double value)
    {
        MemoryStream scalar = new();
        Field(scalar, Tag, Encoding.UTF8.GetBytes(tag));
        Key(scalar, SimpleValue, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        scalar.Write(bytes);

        MemoryStream summary = new();
        Field(summary, SummaryValue, Written(scalar));
        MemoryStream @event = Event(step);
        Field(@event, Summary, Written(summary));
        Record(@event);
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    private static MemoryStream Event(long step)
    {
        MemoryStream @event = new();
        Key(@event, WallTime, Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        @event.Write(bytes);
        Key(@event, Step, Varint);
        Number(@event, (ulong)step);
        return @event;
    }

    private static void Field(MemoryStream message, int field, ReadOnlySpan<byte> bytes)
    {
        Key(message, field, Bytes);
        Number(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void Key(MemoryStream message, int field, int wireType) => message.WriteByte((byte)(field << 3 | wireType));

    private static void Number(MemoryStream message, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }
        message.WriteByte((byte)value);
    }

    private static ReadOnlySpan<byte> Written(MemoryStream message) => message.GetBuffer().AsSpan(0, (int)message.Length);

    /// <summary>A record: the length and its checksum, the message and its checksum.</summary>
    private void Record(MemoryStream message)
    {
        ReadOnlySpan<byte> data = Written(message);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        _stream.Write(length);
        Checksum(length);
        _stream.Write(data);
        Checksum(data);
    }

    private void Checksum(ReadOnlySpan<byte> data)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, MaskedCrc(data));
        _stream.Write(bytes);
    }

    /// <summary>CRC-32C, rotated and shifted by a constant, so that a checksum of data that hold checksums is none of the usual ones.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = ~0u;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
