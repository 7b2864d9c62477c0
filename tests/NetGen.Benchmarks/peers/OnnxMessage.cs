using System.Text;

namespace NetGen.Benchmarks.Peers;

/// <summary>A protocol buffer in the making.</summary>
internal sealed class OnnxMessage
{
    private const int Number = 0;
    private const int Bytes = 2;
    private const int FourBytes = 5;

    private readonly MemoryStream _stream = new();

    public OnnxMessage Add(int field, int value)
    {
        Varint((uint)(field << 3 | Number));
        Varint((uint)value);
        return this;
    }

    public OnnxMessage AddFloat(int field, float value)
    {
        Varint((uint)(field << 3 | FourBytes));
        _stream.Write(BitConverter.GetBytes(value));
        return this;
    }

    public OnnxMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public OnnxMessage Add(int field, OnnxMessage message) => Add(field, message.ToArray());

    public OnnxMessage Add(int field, ReadOnlySpan<byte> bytes)
    {
        Varint((uint)(field << 3 | Bytes));
        Varint((uint)bytes.Length);
        _stream.Write(bytes);
        return this;
    }

    public byte[] ToArray() => _stream.ToArray();

    private void Varint(uint value)
    {
        for (; value >= 128; value >>= 7) _stream.WriteByte((byte)(value | 128));
        _stream.WriteByte((byte)value);
    }
}
