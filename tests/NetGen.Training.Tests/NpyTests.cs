using NetGen.Testing;

namespace NetGen.Training.Tests;

/// <summary>NumPy's own files, made by <c>tests/fixtures/numpy_files.py</c>.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("bool", NpyType.Boolean, new float[] { 0, 1, 1, 1, 1, 1 })]
    [InlineData("uint8", NpyType.UnsignedByte)]
    [InlineData("int8", NpyType.SignedByte)]
    [InlineData("uint16", NpyType.UnsignedInt16)]
    [InlineData("int16", NpyType.Int16)]
    [InlineData("int32", NpyType.Int32)]
    [InlineData("int64", NpyType.Int64)]
    [InlineData("float16", NpyType.Half)]
    [InlineData("float32", NpyType.Single)]
    [InlineData("float64", NpyType.Double)]
    public void Every_type_of_number_is_read(string name, NpyType type, float[]? values = null)
    {
        NpyArray array = NpyArray.Read(Repository.Fixture($"numpy/{name}.npy"));

        Assert.Equal(type, array.Type);
        Assert.Equal(new Shape(2, 3), array.Shape);
        Assert.Equal(values ?? [0, 1, 2, 3, 100, 127], array.ToSingles());
        if (array.HoldsIntegers)
        {
            Assert.Equal([.. array.ToSingles().Select(value => (int)value)], array.ToIntegers());
        }
        else
        {
            Assert.Contains("expected integers", Assert.Throws<DatasetFormatException>(array.ToIntegers).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fractions_and_vectors_are_read()
    {
        Assert.Equal([-1.5f, 0.25f, 1e-3f, 6.5e4f], NpyArray.Read(Repository.Fixture("numpy/fractions.npy")).ToSingles());
        Assert.Equal([0, 1, 2, 3, 4], NpyArray.Read(Repository.Fixture("numpy/vector.npy")).ToIntegers());
    }

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    public void Arrays_of_an_archive_become_a_data_set(string name)
    {
        Dataset data = Dataset.FromArrays(NpyArray.Read(Repository.Fixture($"numpy/{name}"), "x"), NpyArray.Read(Repository.Fixture($"numpy/{name}"), "y"), ["no", "yes"]);

        Assert.Equal((4, 3), (data.Count, data.FeatureCount));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], data.Features);
        Assert.Equal([0, 1, 1, 0], data.Classes);
        Assert.Equal(["no", "yes"], data.ClassNames);
    }

    [Fact]
    public void Floating_point_labels_are_targets()
    {
        NpyArray array = NpyArray.Read(Repository.Fixture("numpy/fractions.npy"));
        Assert.Equal([-1.5f, 0.25f, 1e-3f, 6.5e4f], Dataset.FromArrays(array, array).Targets);
    }

    [Theory]
    [InlineData("big_endian.npy", "big-endian (>f4); expected little-endian. Save array.astype('<f4').")]
    [InlineData("fortran.npy", "Fortran order")]
    [InlineData("objects.npy", "Python objects, which are code (pickle) and are not read")]
    [InlineData("structured.npy", "fields of several types")]
    [InlineData("complex.npy", "found '<c8'")]
    [InlineData("text.npy", "found '<U1'")]
    [InlineData("scalar.npy", "expected 1 to 16 axes, found 0.")]
    [InlineData("empty.npy", "axis 0 has extent 0")]
    [InlineData("stored.npz", "this is not an .npy file")]
    public void What_is_not_read_is_refused_with_what_to_do(string name, string message)
    {
        DatasetFormatException exception = Assert.Throws<DatasetFormatException>(() => NpyArray.Read(Repository.Fixture($"numpy/{name}")));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(name, exception.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused_with_their_place()
    {
        NpyArray nan = NpyArray.Read(Repository.Fixture("numpy/nan.npy"));
        Assert.Contains("element [0, 1] is NaN", Assert.Throws<DatasetFormatException>(() => nan.ToSingles()).Message, StringComparison.Ordinal);
        Assert.Equal(float.NaN, nan.ToSingles(allowMissing: true)[1]);
        Assert.Contains("element [1] is 1099511627776", Assert.Throws<DatasetFormatException>(NpyArray.Read(Repository.Fixture("numpy/long.npy")).ToIntegers).Message, StringComparison.Ordinal);

        NpyArray x = NpyArray.Read(Repository.Fixture("numpy/compressed.npz"), "x");
        NpyArray y = NpyArray.Read(Repository.Fixture("numpy/compressed.npz"), "y");
        Assert.Contains("expected 2 labels", Assert.Throws<DatasetFormatException>(() => Dataset.FromArrays(nan, y, allowMissing: true)).Message, StringComparison.Ordinal);
        Assert.Contains("label 1 is 1; expected 0 to 0", Assert.Throws<DatasetFormatException>(() => Dataset.FromArrays(x, y, ["only"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_or_array_is_named()
    {
        Assert.Contains("There is no file none.npy", Assert.Throws<FileNotFoundException>(() => NpyArray.Read("none.npy")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no array 'z'; there are x, y.", Assert.Throws<DatasetFormatException>(() => NpyArray.Read(Repository.Fixture("numpy/stored.npz"), "z")).Message, StringComparison.Ordinal);
        Assert.Contains("the archive is damaged", Assert.Throws<DatasetFormatException>(() => NpyArray.Read(Repository.Fixture("numpy/vector.npy"), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_too_much_reserves_nothing()
    {
        string path = Path.Combine(_folder.FullName, "bomb.npy");
        string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (200000000,), }";
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header)]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("1600000075 bytes in all; there are 75", Assert.Throws<DatasetFormatException>(() => NpyArray.Read(path)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    // The first would be less than 0 bytes where a product of 64 bits wraps.
    [InlineData("2147483647, 2147483647", "more than 8589934588 bytes or 2147483647 elements, the most that is read.")]
    [InlineData("2147483647, 2147483647, 2147483647", "more than 8589934588 bytes or 2147483647 elements, the most that is read.")]
    [InlineData("65536, 32768", "more than 8589934588 bytes or 2147483647 elements, the most that is read.")]
    [InlineData("2147483648", "axis 0 has extent 2147483648; expected 1 to 2147483647.")]
    [InlineData("99999999999999999999, 2", "axis 0 has extent 99999999999999999999; expected 1 to 2147483647.")]
    [InlineData("3, 0", "axis 1 has extent 0; expected 1 to 2147483647.")]
    [InlineData("-1, 3", "axis 0 has extent -1; expected 1 to 2147483647.")]
    [InlineData("-2147483648, -2147483648", "axis 0 has extent -2147483648; expected 1 to 2147483647.")]
    public void A_shape_that_no_memory_has_is_refused_mapped_and_read(string shape, string message)
    {
        string path = Path.Combine(_folder.FullName, "shape.npy");
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}";
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header)]);

        DatasetFormatException mapped = Assert.Throws<DatasetFormatException>(() => MappedArray.Open(path));
        Assert.Contains(message, mapped.Message, StringComparison.Ordinal);
        Assert.Equal(path, mapped.File);
        Assert.Throws<DatasetFormatException>(() => NpyArray.Read(path));
    }

    [Fact]
    public void A_mapped_file_trains_as_one_that_is_read()
    {
        NpyArray labels = NpyArray.Read(Repository.Fixture("numpy/labels.npy"));
        Dataset read = Dataset.FromArrays(NpyArray.Read(Repository.Fixture("numpy/features.npy")), labels);
        using MappedArray map = MappedArray.Open(Repository.Fixture("numpy/features.npy"));
        Dataset mapped = Dataset.FromArrays(map, labels);
        Assert.Equal(read.Features, mapped.Features);

        float[] Trained(Dataset data)
        {
            (Dataset train, _, Dataset test) = data.SplitByTime(0.75, 0, 0.25);
            LinearNetwork network = new(3, 2);
            new Trainer<LinearNetwork>(network, new Descent { LearningRate = 0.1f }) { BatchSize = 4, Epochs = 3, Prefetch = true }.Fit(train, test, ConsoleProgress.None);
            return network.Parameters.ToArray();
        }

        Assert.Equal(Trained(read), Trained(mapped));
        Assert.Contains("Save each part as a file", Assert.Throws<InvalidOperationException>(() => mapped.Split(0.5, 0.5, seed: 1)).Message, StringComparison.Ordinal);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => mapped.Features.Length);
    }

    [Theory]
    [InlineData("float64.npy", "expected float32, which needs no conversion, found Double.")]
    [InlineData("big_endian.npy", "big-endian")]
    [InlineData("stored.npz", "this is not an .npy file")]
    public void What_cannot_be_mapped_is_refused(string name, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => MappedArray.Open(Repository.Fixture($"numpy/{name}"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mapped_file_must_have_the_length_that_it_says_and_finite_numbers()
    {
        byte[] bytes = File.ReadAllBytes(Repository.Fixture("numpy/float32.npy"));
        string path = Path.Combine(_folder.FullName, "cut.npy");
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Contains("152 bytes in all; there are 151", Assert.Throws<DatasetFormatException>(() => MappedArray.Open(path)).Message, StringComparison.Ordinal);

        using MappedArray nan = MappedArray.Open(Repository.Fixture("numpy/nan.npy"));
        NpyArray labels = NpyArray.Read(Repository.Fixture("numpy/fractions.npy"));
        Assert.Contains("nan.npy: sample 0, feature 1 is NaN", Assert.Throws<DatasetFormatException>(() => Dataset.FromArrays(nan, labels)).Message, StringComparison.Ordinal);
        Assert.True(Dataset.FromArrays(nan, labels, allowMissing: true).HasMissing);
    }

    [Fact]
    public void A_folder_of_a_folder_for_each_class_becomes_a_data_set()
    {
        foreach ((string kind, string name) in (ReadOnlySpan<(string, string)>)[("b", "1"), ("b", "0"), ("a", "0")])
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, kind)).FullName;
            File.Copy(Repository.Fixture(kind == "a" ? "numpy/uint8.npy" : "numpy/float32.npy"), Path.Combine(folder, name + ".npy"));
        }
        Dataset data = Dataset.FromFolder(_folder.FullName);

        Assert.Equal((3, 6), (data.Count, data.FeatureCount));
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal([0, 1, 1], data.Classes);

        File.Copy(Repository.Fixture("numpy/vector.npy"), Path.Combine(_folder.FullName, "b", "2.npy"));
        Assert.Contains("2.npy: expected a sample of 2x3 elements", Assert.Throws<DatasetFormatException>(() => Dataset.FromFolder(_folder.FullName)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "c"));
        File.Delete(Path.Combine(_folder.FullName, "b", "2.npy"));
        Assert.Contains("c: expected an .npy file for each sample", Assert.Throws<DatasetFormatException>(() => Dataset.FromFolder(_folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Contains("expected a folder for each class", Assert.Throws<DatasetFormatException>(
            () => Dataset.FromFolder(Path.Combine(_folder.FullName, "c"))).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Dataset.FromFolder(Path.Combine(_folder.FullName, "none")));
    }
}
