using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Training;

/// <summary>Writes pictures of 8 bits a channel as PNG: W3C, "Portable Network Graphics (PNG) Specification", second edition (2003).</summary>
internal static class Png
{
    private const byte Grey = 0;
    private const byte Colour = 2;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOfByte)];

    /// <param name="pixels"><c>[height, width, channels]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 for shades of grey, 3 for red, green and blue.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);

        // Bits a channel, colour type, then the only compression, filtering and interlacing that are of use here: deflate, a filter a row, none.
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels == 1 ? Grey : Colour;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, width * channels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.SmallestSize))
        {
            for (int start = 0; start < pixels.Length; start += rowBytes)
            {
                stream.WriteByte(0);   // this row's filter: none
                stream.Write(pixels.Slice(start, rowBytes));
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }
        return crc;
    }

    private static uint CrcOfByte(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return crc;
    }
}
