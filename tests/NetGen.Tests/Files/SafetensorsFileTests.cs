using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NetGen.Tests.Files;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        SafetensorsFile file = new(
            [new("b", new Shape(2, 3), [1, -2, float.NaN, float.PositiveInfinity, -0f, float.Epsilon]), new("a \"ü\"", new Shape(), [5])],
            new Dictionary<string, string> { ["key"] = "välue \\ \u2028" });
        using MemoryStream stream = new();
        file.Write(stream);
        stream.Position = 0;
        SafetensorsFile read = SafetensorsFile.Read(stream);

        Assert.Equal(file.Metadata, read.Metadata);
        Assert.Equal(["b", "a \"ü\""], read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2L, 3L], read.Tensors[0].Shape);
        Assert.Empty(read.Tensors[1].Shape);
        Assert.All(read.Tensors.Zip(file.Tensors), pair => Assert.Equal(pair.Second.Data.ToArray(), pair.First.Data.ToArray()));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using MemoryStream stream = new();
        new SafetensorsFile([new("w", new Shape(2), [1, 2])], new Dictionary<string, string> { ["format"] = "pt" }).Write(stream);
        byte[] bytes = stream.ToArray();
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            Encoding.UTF8.GetString(bytes, 8, header).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], bytes[(8 + header)..]);
    }

    [Fact]
    public void Tensors_may_be_listed_in_any_order_and_be_empty()
    {
        byte[] file = RawFile.Of(RawFile.Header(
            RawFile.Std, RawFile.Bias, RawFile.Mean, RawFile.Weight, """ "none": {"dtype":"I64","shape":[0,5],"data_offsets":[24,24]} """));
        IReadOnlyList<SafetensorsTensor> tensors = SafetensorsFile.Read(new MemoryStream(file)).Tensors;
        Assert.Equal(["dense1.weight", "none", "dense1.bias", "standardize1.mean", "standardize1.std"], tensors.Select(tensor => tensor.Name));
        Assert.Equal(0, tensors[1].Count);
    }

    [Fact]
    public void A_file_without_tensors_is_a_file() => Assert.Empty(SafetensorsFile.Read(new MemoryStream(RawFile.Of("{}  ", 0))).Tensors);

    [Fact]
    public void A_stream_is_read_from_its_position()
    {
        MemoryStream stream = new([1, 2, 3, .. RawFile.Of(RawFile.Header(RawFile.Weight), 24)]) { Position = 3 };
        Assert.Equal("dense1.weight", Assert.Single(SafetensorsFile.Read(stream).Tensors).Name);
    }

    [Fact]
    public void No_stream_is_refused() => Assert.Throws<ArgumentNullException>("stream", () => SafetensorsFile.Read((Stream)null!));

    [Fact]
    public void Half_precision_is_converted_exactly()
    {
        float[] values = Converted(RawFile.Tensor("F16", 5, 0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c, 0xff, 0x7b));
        Assert.Equal([1, -2, 5.9604645e-8f, float.PositiveInfinity, 65504], values);
    }

    [Fact]
    public void Brain_floats_are_converted_exactly()
    {
        float[] values = Converted(RawFile.Tensor("BF16", 4, 0x80, 0x3f, 0x49, 0xc0, 0x80, 0xff, 0xc0, 0x7f));
        Assert.Equal([1, -3.140625f, float.NegativeInfinity, float.NaN], values);
    }

    [Fact]
    public void Doubles_are_rounded_to_nearest()
    {
        double[] doubles = [0.1, 1 + 3e-8, 1e300, -1e-300, double.NaN];
        float[] values = Converted(RawFile.Tensor("F64", doubles.Length, [.. doubles.SelectMany(BitConverter.GetBytes)]));
        Assert.Equal([0.1f, 1, float.PositiveInfinity, -0f, float.NaN], values);
    }

    [Fact]
    public void Integers_are_listed_but_not_converted()
    {
        SafetensorsTensor tensor = RawFile.Tensor("I64", 1, 1, 0, 0, 0, 0, 0, 0, 0);
        Assert.Equal((SafetensorsType.I64, 1), (tensor.Type, tensor.Count));
        Assert.Contains("got I64", Assert.Throws<InvalidOperationException>(() => tensor.CopyTo(new float[1])).Message);
    }

    [Theory]
    [InlineData("BOOL", 1)]
    [InlineData("U8", 1)]
    [InlineData("I8", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("U16", 2)]
    [InlineData("I16", 2)]
    [InlineData("F16", 2)]
    [InlineData("BF16", 2)]
    [InlineData("U32", 4)]
    [InlineData("I32", 4)]
    [InlineData("F32", 4)]
    [InlineData("U64", 8)]
    [InlineData("I64", 8)]
    [InlineData("F64", 8)]
    public void Every_type_has_its_name_and_size(string type, int size)
    {
        SafetensorsTensor tensor = RawFile.Tensor(type, 3, new byte[3 * size]);
        Assert.Equal(type, SafetensorsTypes.NameOf(tensor.Type));
        Assert.Equal(3, tensor.Count);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "__metadata__")]
    public void Names_that_a_header_cannot_hold_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([new(first, new Shape(), [1]), new(second, new Shape(), [1])]));

    [Fact]
    public void Values_must_be_as_many_as_the_shape_counts() =>
        Assert.Contains("Expected 6 floats (2x3) for tensor w, got 5",
            Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", new Shape(2, 3), new float[5])).Message);

    [Fact]
    public void The_header_is_plain_JSON()
    {
        using MemoryStream stream = new();
        TestNetwork.Counting().Save(stream);
        byte[] bytes = stream.ToArray();
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, length));
        Assert.Equal("pt", header.RootElement.GetProperty("__metadata__").GetProperty("format").GetString());
    }

    private static float[] Converted(SafetensorsTensor tensor)
    {
        float[] values = new float[tensor.Count];
        tensor.CopyTo(values);
        return values;
    }
}
