using static NetGen.Tests.Files.RawFile;

namespace NetGen.Tests.Files;

public sealed class HostileFileTests
{
    private static readonly string[] Fitting = [Weight, Bias, Mean, Std];

    /// <summary>What is wrong, the file, and what its message must contain.</summary>
    private static readonly (string Name, byte[] File, string[] Message)[] Cases =
    [
        ("empty", [], ["expected at least 8 bytes", "found 0"]),
        ("cut in the length", [1, 2, 3], ["at least 8 bytes", "found 3"]),
        ("only a length", Of(16, [], 0), ["within the 0 bytes", "a length of 16"]),
        ("header beyond the file", Of(1000, "{}"u8.ToArray(), 0), ["within the 2 bytes", "a length of 1000"]),
        ("header over the limit", Of(100_000_001, "{}"u8.ToArray(), 0), ["at most 100000000 bytes", "100000001"]),
        ("negative header length", Of(ulong.MaxValue, "{}"u8.ToArray(), 0), ["at most 100000000 bytes", "18446744073709551615"]),
        ("no header", Of("", 0), ["a header of JSON"]),
        ("header is an array", Of("[]", 0), ["a header that is a JSON object", "an array"]),
        ("header is cut", Of("""{"dense1.weight": {"dtype": """), ["a header of JSON", "an error at byte"]),
        ("text after the header", Of(Header(Fitting) + "x"), ["a header of JSON"]),
        ("trailing comma", Of("{" + Weight + ",}"), ["a header of JSON"]),
        ("comment", Of("/**/" + Header(Fitting)), ["a header of JSON"]),
        ("nested too deep", Of("{\"a\":" + new string('[', 1000)), ["tensor a", "an object of dtype, shape and data_offsets", "an array"]),
        ("not UTF-8", Of([.. "{\""u8, 0xff, .. "\": {}}"u8]), ["UTF-8 text", "bytes that are not UTF-8"]),
        ("UTF-16 half", Of("""{"\ud800": {}}"""), ["text", "surrogate"]),
        ("tensor twice", Of(Header(Weight, Weight, Bias, Mean, Std)), ["tensor dense1.weight", "each key once", "dense1.weight twice"]),
        ("tensor twice, escaped", Of(Header(Weight, Weight.Replace("dense1", "\\u0064ense1"), Bias, Mean, Std)), ["dense1.weight twice"]),
        ("metadata twice", Of(Header([Metadata(), Metadata(), .. Fitting])), ["each key once", "__metadata__ twice"]),
        ("metadata key twice", Of(Header([Metadata(("a", "1"), ("a", "2")), .. Fitting])), ["tensor __metadata__", "a twice"]),
        ("metadata of numbers", Of(Header(["\"__metadata__\": {\"a\": 1}", .. Fitting])), ["a string for a", "found 1"]),
        ("metadata is no object", Of(Header(["\"__metadata__\": null", .. Fitting])), ["an object of strings", "null"]),
        ("tensor is no object", Of(Header("\"dense1.weight\": 3")), ["tensor dense1.weight", "an object of dtype", "found 3"]),
        ("key in a tensor twice", Of(Header(Weight.Replace("{", "{\"dtype\": \"F32\","))), ["tensor dense1.weight", "dtype twice"]),
        ("unknown key", Of(Header(Weight.Replace("{", "{\"stride\": 1,"))), ["tensor dense1.weight", "the key stride"]),
        ("unknown dtype", Of(Header(Weight.Replace("F32", "F31"))), ["tensor dense1.weight", "F32", "found F31"]),
        ("dtype is a number", Of(Header(Weight.Replace("\"F32\"", "32"))), ["a string for dtype", "found 32"]),
        ("no dtype", Of(Header(Weight.Replace("\"dtype\": \"F32\",", ""))), ["tensor dense1.weight", "found no dtype"]),
        ("no shape", Of(Header(Weight.Replace("\"shape\": [3, 2],", ""))), ["tensor dense1.weight", "found no shape"]),
        ("no offsets", Of(Header("""  "dense1.weight": {"dtype": "F32", "shape": [3, 2]} """)), ["found no data_offsets"]),
        ("three offsets", Of(Header(Weight.Replace("24]", "24, 24]"))), ["two data_offsets", "3 data_offsets"]),
        ("shape is a string", Of(Header(Weight.Replace("[3, 2]", "\"3x2\""))), ["an array of numbers for shape", "a string"]),
        ("negative extent", Of(Header(Weight.Replace("[3, 2]", "[-3, -2]"))), ["whole numbers", "shape", "found -3"]),
        ("fractional extent", Of(Header(Weight.Replace("[3, 2]", "[1.5, 4]"))), ["whole numbers", "found 1.5"]),
        ("exponent", Of(Header(Weight.Replace("[3, 2]", "[6e0]"))), ["whole numbers", "found 6e0"]),
        ("extent past 64 bits", Of(Header(Weight.Replace("[3, 2]", "[9223372036854775808]"))), ["whole numbers", "9223372036854775808"]),
        ("nested extent", Of(Header(Weight.Replace("[3, 2]", "[[3, 2]]"))), ["whole numbers", "an array"]),
        ("shape that overflows to its size", Of(Header(Weight.Replace("[3, 2]", "[4611686018427387904, 4, 6]"))), ["a shape that a file can hold"]),
        ("overflow hidden by a 0", Of(Header(Weight.Replace("[3, 2]", "[9223372036854775807, 9223372036854775807, 0]"))),
            ["a shape that a file can hold"]),
        ("negative offset", Of(Header(Weight.Replace("[0, 24]", "[-24, 0]"))), ["data_offsets", "found -24"]),
        ("offset past 64 bits", Of(Header(Weight.Replace("[0, 24]", "[0, 18446744073709551640]"))), ["data_offsets", "18446744073709551640"]),
        ("offsets in wrong order", Of(Header(Weight.Replace("[0, 24]", "[24, 0]"))), ["tensor dense1.weight", "in order", "bytes 24 to 0"]),
        ("range too short", Of(Header(Weight.Replace("[3, 2]", "[3, 3]"), Bias, Mean, Std)),
            ["tensor dense1.weight", "36 bytes for its type and shape", "bytes 0 to 24 for F32 [3, 3]"]),
        ("range of another type", Of(Header(Weight.Replace("F32", "F16"), Bias, Mean, Std)), ["12 bytes for its type and shape", "F16 [3, 2]"]),
        ("data cut", Of(Header(Fitting), DataLength - 1), ["tensor standardize1.std", "within the file's 51 bytes", "bytes 44 to 52"]),
        ("data beyond the file", Of(Header(Weight.Replace("[3, 2]", "[250000000000]").Replace("24", "1000000000000"))),
            ["tensor dense1.weight", "within the file's 52 bytes"]),
        ("bytes after the data", Of(Header(Fitting), DataLength + 3), ["52 bytes of data", "found 55 bytes"]),
        ("overlap", Of(Header(Weight, Bias.Replace("[24, 36]", "[20, 32]"), Mean, Std)),
            ["tensor dense1.bias", "from byte 24, where dense1.weight ends", "an overlap: bytes 20 to 32"]),
        ("same bytes twice", Of(Header(Weight, Bias, Mean, Std.Replace("[44, 52]", "[36, 44]")), 44), ["an overlap: bytes 36 to 44"]),
        ("gap", Of(Header(Weight, Bias.Replace("[24, 36]", "[28, 40]")), 40), ["tensor dense1.bias", "a gap: bytes 28 to 40"]),
        ("gap at the start", Of(Header(Weight.Replace("[0, 24]", "[4, 28]")), 28),
            ["tensor dense1.weight", "where the header ends", "a gap: bytes 4 to 28"]),
        ("version of tomorrow", Of(Header([Metadata(("netgen.version", "2")), .. Fitting])), ["netgen.version of at most 1", "found 2", "update"]),
        ("version 0", Of(Header([Metadata(("netgen.version", "0")), .. Fitting])), ["netgen.version from 1 to 1", "'0'"]),
        ("version in words", Of(Header([Metadata(("netgen.version", "one")), .. Fitting])), ["netgen.version from 1 to 1", "'one'"]),
        ("negative step", Of(Header([Metadata(("netgen.version", "1"), ("netgen.step", "-1")), .. Fitting])), ["netgen.step", "'-1'"]),
        ("another network", Of(Header([Metadata(("netgen.network", "OtherNet"), ("netgen.architecture", "ffff")), .. Fitting])),
            ["The stream: expected network TestNet, found network OtherNet with the same tensors but another architecture. ", "LoadOptions"]),
        ("another network of other shapes",
            Of(Header(Metadata(("netgen.network", "OtherNet"), ("netgen.architecture", "f")), Weight.Replace("[3, 2]", "[2, 3]"), Bias, Mean, Std)),
            ["The stream: tensor dense1.weight: expected shape 3x2 of TestNet's dense1.weight, found 2x3 in the file of network OtherNet. "]),
        ("another shape", Of(Header(Weight.Replace("[3, 2]", "[2, 3]"), Bias, Mean, Std)), ["tensor dense1.weight", "shape 3x2", "found 2x3"]),
        ("another rank", Of(Header(Weight, Bias.Replace("[3]", "[3, 1]"), Mean, Std)), ["tensor dense1.bias", "shape 3 of", "found 3x1"]),
        ("integers", Of(Header(Weight, Bias.Replace("F32", "I32"), Mean, Std)),
            ["tensor dense1.bias", "F32, F16, BF16 or F64", "found I32", "MapName"]),
        ("a tensor is missing", Of(Header(Weight, Bias, Mean), 44),
            ["TestNet's tensors, such as standardize1.std (2)", "none of that name", "AllowMissing"]),
        ("a tensor of another name", Of(Header(Weight, Bias, Mean, Std.Replace("std", "scale"))),
            ["standardize1.std (2)", "only others: standardize1.scale", "MapName"]),
        ("a tensor too many", Of(Header([.. Fitting, """ "extra": {"dtype": "U8", "shape": [0], "data_offsets": [52, 52]} """])),
            ["tensor extra", "only tensors of TestNet", "also extra", "AllowUnused"]),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(test => test.Name)];

    [Fact]
    public void The_tensors_that_the_cases_vary_fit_the_network() =>
        Assert.Equal(4, TestNetwork.Counting().Load(new MemoryStream(Of(Header(Fitting)))).Loaded.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Refused_with_a_message_and_the_network_untouched(string name)
    {
        (_, byte[] file, string[] message) = Cases.Single(test => test.Name == name);
        TestNetwork network = TestNetwork.Counting();
        int[] before = network.Bits();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => network.Load(new MemoryStream(file)));
        Assert.All(message, part => Assert.Contains(part, exception.Message));
        Assert.Equal(before, network.Bits());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_that_cannot_seek_is_refused_alike(string name)
    {
        byte[] file = Cases.Single(test => test.Name == name).File;
        string expected = Assert.Throws<NetworkFormatException>(() => new TestNetwork().Load(new MemoryStream(file))).Message;
        using ForwardOnlyStream stream = new(file);
        Assert.Equal(expected, Assert.Throws<NetworkFormatException>(() => new TestNetwork().Load(stream)).Message);
    }

    [Fact]
    public void The_exception_carries_file_tensor_expected_and_found()
    {
        using TemporaryFolder folder = new();
        string path = folder.Path("broken.safetensors");
        File.WriteAllBytes(path, Of(Header(Weight.Replace("[3, 2]", "[2, 3]"), Bias, Mean, Std)));
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => new TestNetwork().Load(path));
        Assert.Equal((path, "dense1.weight", "2x3"), (exception.File, exception.Tensor, exception.Found));
        Assert.Equal("shape 3x2 of TestNet's dense1.weight", exception.Expected);
        Assert.StartsWith($"{path}: tensor dense1.weight: expected shape 3x2 of TestNet's dense1.weight, found 2x3. ", exception.Message);
    }

    [Fact]
    public void A_name_of_a_million_letters_does_not_flood_the_message()
    {
        byte[] file = Of("{\"" + new string('a', 1_000_000) + "\": 1}");
        Assert.InRange(Assert.Throws<NetworkFormatException>(() => SafetensorsFile.Read(new MemoryStream(file))).Message.Length, 1, 1000);
    }
}
