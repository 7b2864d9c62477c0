using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The numbers of a tensor as floats: F32 as they are, F16 and BF16 exactly, F64 rounded to nearest.</summary>
internal static class SafetensorsNumbers
{
    /// <summary>Writes floats as little-endian bytes.</summary>
    /// <param name="values">The floats.</param>
    /// <param name="data">Four times as many bytes.</param>
    public static void FromFloats(ReadOnlySpan<float> values, Span<byte> data)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(data);
            return;
        }
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data[(i * sizeof(float))..], values[i]);
        }
    }

    /// <summary>Converts little-endian numbers.</summary>
    /// <param name="type">One that <see cref="SafetensorsTypes.ConvertsToFloat"/>.</param>
    /// <param name="data">As many numbers as <paramref name="destination"/> has room for.</param>
    /// <param name="destination">Where to.</param>
    public static void ToFloats(SafetensorsType type, ReadOnlySpan<byte> data, Span<float> destination)
    {
        switch (type)
        {
            case SafetensorsType.F32 when BitConverter.IsLittleEndian:
                data[..checked(destination.Length * sizeof(float))].CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case SafetensorsType.F32:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = BinaryPrimitives.ReadSingleLittleEndian(data[(i * sizeof(float))..]);
                }
                break;
            case SafetensorsType.F16:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(i * sizeof(ushort))..]);
                }
                break;
            case SafetensorsType.BF16:
                for (int i = 0; i < destination.Length; i++)
                {
                    uint upperHalf = BinaryPrimitives.ReadUInt16LittleEndian(data[(i * sizeof(ushort))..]);
                    destination[i] = BitConverter.UInt32BitsToSingle(upperHalf << 16);
                }
                break;
            default:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(data[(i * sizeof(double))..]);
                }
                break;
        }
    }
}
