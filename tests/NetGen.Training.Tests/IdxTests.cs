using System.IO.Compression;

namespace NetGen.Training.Tests;

public sealed class IdxTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 0x08, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 253, 254, 255];
    private static readonly byte[] Labels = [0, 0, 0x08, 1, 0, 0, 0, 2, 4, 0];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_become_a_data_set_compressed_or_not(bool compressed)
    {
        Dataset data = Dataset.FromIdx(Write("images", Images, compressed), Write("labels", Labels, compressed));

        Assert.Equal((2, 3), (data.Count, data.FeatureCount));
        Assert.Equal([1, 2, 3, 253, 254, 255], data.Features);
        Assert.Equal([4, 0], data.Classes);
        Assert.Equal(["0", "1", "2", "3", "4"], data.ClassNames);
    }

    [Fact]
    public void Classes_take_the_names_that_are_given() =>
        Assert.Equal(
            ["zero", "one", "two", "three", "four", "five"],
            Dataset.FromIdx(Write("images", Images), Write("labels", Labels), ["zero", "one", "two", "three", "four", "five"]).ClassNames);

    public static TheoryData<byte, byte[], float[]> Types => new()
    {
        { 0x08, [0, 255], [0, 255] },
        { 0x09, [0x80, 0x7F], [-128, 127] },
        { 0x0B, [0x80, 0, 0x7F, 0xFF], [-32768, 32767] },
        { 0x0C, [0xFF, 0xFF, 0xFF, 0xFE, 0, 1, 0, 0], [-2, 65536] },
        { 0x0D, [0x3F, 0xC0, 0, 0, 0xBF, 0, 0, 0], [1.5f, -0.5f] },
        { 0x0E, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0x10, 0, 0, 0, 0, 0, 0], [1.5f, -4] },
    };

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Every_type_of_element_is_read(byte type, byte[] bytes, float[] values)
    {
        IdxFile file = IdxFile.Read(Write("file", [0, 0, type, 1, 0, 0, 0, 2, .. bytes]));

        Assert.Equal((IdxType)type, file.Type);
        Assert.Equal(new Shape(2), file.Shape);
        Assert.Equal(values, file.ToSingles());
        if (file.Type is IdxType.Single or IdxType.Double)
        {
            Assert.Contains("expected integers", Assert.Throws<DatasetFormatException>(file.ToIntegers).Message);
        }
        else
        {
            Assert.Equal([.. values.Select(value => (int)value)], file.ToIntegers());
        }
    }

    public static TheoryData<byte[], string> Damaged => new()
    {
        { [], "this is not an IDX file" },
        { [0, 0, 8], "this is not an IDX file" },
        { "PNG!"u8.ToArray(), "this is not an IDX file" },
        { [0, 0, 0x0A, 1, 0, 0, 0, 0], "expected an element type of 0x08 to 0x0E (IDX), found 0x0A." },
        { [0, 0, 0x08, 0], "expected 1 to 16 axes, found 0." },
        { [0, 0, 0x08, 255], "expected 1 to 16 axes, found 255." },
        { [0, 0, 0x08, 2, 0, 0, 0, 1, 0, 0], "the file ends within its header, which tells 2 extents." },
        { [0, 0, 0x08, 2, 0, 0, 0, 1, 0, 0, 0, 0], "axis 1 has extent 0" },
        { [0, 0, 0x08, 1, 0xFF, 0xFF, 0xFF, 0xFF, 1], "the header promises more than" },
        { [0, 0, 0x0E, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "the header promises more than" },
    };

    [Theory]
    [MemberData(nameof(Damaged), DisableDiscoveryEnumeration = true)]
    public void Damaged_headers_are_refused_compressed_or_not(byte[] bytes, string message)
    {
        foreach (bool compressed in (bool[])[false, true])
        {
            string path = Write("file", bytes, compressed);
            DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() => IdxFile.Read(path));

            Assert.StartsWith($"{path}: {message}", exception.Message);
            Assert.Equal(path, exception.File);
        }
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(7)]
    [InlineData(5)]
    public void A_length_that_the_header_does_not_tell_is_refused_before_memory_is_reserved(int promised)
    {
        byte[] bytes = [0, 0, 0x08, 1, .. BigEndian(promised), 1, 2, 3, 4, 5, 6];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains($"the header promises {promised} elements", Message(Write("plain", bytes)));
        Assert.Contains($"the header promises {promised} elements", Message(Write("compressed", bytes, compressed: true)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_short_or_changed_is_refused_or_read_right()
    {
        byte[] whole = File.ReadAllBytes(Write("whole", Images, compressed: true));
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            ReadRightOrRefuse(whole[..length]);
        }
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            ReadRightOrRefuse(changed);
        }
        Assert.True(refused > whole.Length);

        void ReadRightOrRefuse(byte[] bytes)
        {
            string path = Write("damaged", bytes);
            try
            {
                Assert.Equal([1, 2, 3, 253, 254, 255], IdxFile.Read(path).ToSingles());
            }
            catch (DatasetFormatException)
            {
                refused++;
            }
        }
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        string images = Write("images", Images);
        string labels = Write("labels", Labels);
        string three = Write("three", [0, 0, 0x08, 1, 0, 0, 0, 3, 1, 2, 3]);
        string negative = Write("negative", [0, 0, 0x09, 1, 0, 0, 0, 2, 1, 0xFF]);
        string huge = Write("huge", [0, 0, 0x0C, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF]);

        Assert.Equal($"{labels}: expected images, two axes or more, found 2. Are labels and images swapped?", Refused(labels, images));
        Assert.Equal($"{images}: expected labels, one axis, found 2x1x3. Are labels and images swapped?", Refused(images, images));
        Assert.Equal($"{three}: expected 2 labels, one for each sample of {images}, found 3.", Refused(images, three));
        Assert.Equal($"{labels}: label 0 is 4; expected 0 to 1, because there are 2 class names.", Refused(images, labels, ["a", "b"]));
        Assert.StartsWith($"{negative}: label 1 is -1; expected 0 to ", Refused(images, negative));
        Assert.StartsWith($"{huge}: label 1 is 2147483647; expected 0 to ", Refused(images, huge));

        static string Refused(string images, string labels, string[]? names = null) =>
            Assert.Throws<DatasetFormatException>(() => Dataset.FromIdx(images, labels, names)).Message;
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused() =>
        Assert.EndsWith(
            "element 1 is NaN; expected a finite number.",
            Assert.Throws<DatasetFormatException>(
                IdxFile.Read(Write("file", [0, 0, 0x0D, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0x7F, 0xC0, 0, 0])).ToSingles).Message);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("There is no file no-such-file", Assert.Throws<FileNotFoundException>(() => IdxFile.Read("no-such-file")).Message);

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static string Message(string path) => Assert.Throws<DatasetFormatException>(() => IdxFile.Read(path)).Message;

    private string Write(string name, byte[] bytes, bool compressed = false)
    {
        string path = Path.Combine(_folder.FullName, name);
        using Stream file = File.Create(path);
        using Stream content = compressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
        content.Write(bytes);
        return path;
    }
}
