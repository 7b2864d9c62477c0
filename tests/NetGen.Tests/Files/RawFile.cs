using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Files;

/// <summary>The bytes of a file, right or wrong, from its parts.</summary>
internal static class RawFile
{
    public const string Weight = """ "dense1.weight": {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]} """;
    public const string Bias = """ "dense1.bias": {"dtype": "F32", "shape": [3], "data_offsets": [24, 36]} """;
    public const string Mean = """ "standardize1.mean": {"dtype": "F32", "shape": [2], "data_offsets": [36, 44]} """;
    public const string Std = """ "standardize1.std": {"dtype": "F32", "shape": [2], "data_offsets": [44, 52]} """;

    /// <summary>Bytes of data that the four tensors above use.</summary>
    public const int DataLength = 52;

    public static byte[] Of(string header, int dataLength = DataLength) => Of(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Of(byte[] header, int dataLength = DataLength) => Of((ulong)header.Length, header, dataLength);

    public static byte[] Of(ulong headerLength, byte[] header, int dataLength)
    {
        byte[] file = new byte[sizeof(ulong) + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, headerLength);
        header.CopyTo(file, sizeof(ulong));
        file.AsSpan(sizeof(ulong) + header.Length).Fill(0x3f);
        return file;
    }

    /// <summary>A header of tensors that fit <see cref="TestNetwork"/>, and more.</summary>
    public static string Header(params string[] members) => "{" + string.Join(",", members) + "}";

    public static string Metadata(params (string Key, string Value)[] entries) =>
        "\"__metadata__\": {" + string.Join(",", entries.Select(entry => $"\"{entry.Key}\": \"{entry.Value}\"")) + "}";

    public static SafetensorsTensor Tensor(string type, int count, params byte[] data) => SafetensorsFile.Read(new MemoryStream(
    [
        .. Of($$"""{"x": {"dtype": "{{type}}", "shape": [{{count}}], "data_offsets": [0, {{data.Length}}]} }""", 0),
        .. data,
    ])).Tensors[0];
}
