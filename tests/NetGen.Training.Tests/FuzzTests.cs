using System.IO.Compression;
using System.Text;
using NetGen.Testing;

namespace NetGen.Training.Tests;

/// <summary>Damaged files of data, vocabularies, checkpoints and searches: each is read or refused, and nothing large is reserved on the word of a header.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_damaged_npy_file_is_read_or_refused() =>
        Damaged(Arrays(), path => NpyArray.Read(path).ToSingles(allowMissing: true));

    [Fact]
    public void A_damaged_npy_file_is_mapped_or_refused() => Damaged(Arrays(), path =>
    {
        using MappedArray array = MappedArray.Open(path);
        return array.Shape.Count;
    });

    // What deflate makes of a byte is up to 1,032, of which NetGen takes four for a float: a file has to be that large.
    [Fact]
    public void A_damaged_npz_file_is_read_or_refused() => Damaged(
        [File.ReadAllBytes(Repository.Fixture("numpy/stored.npz")), File.ReadAllBytes(Repository.Fixture("numpy/compressed.npz"))],
        path => Dataset.FromArrays(NpyArray.Read(path, "x"), NpyArray.Read(path, "y")),
        most: length => 8_000 * length,
        alsoRefused: typeof(ArgumentException));

    [Fact]
    public void A_damaged_idx_file_is_read_or_refused() => Damaged(
        [
            [0, 0, 0x08, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 253, 254, 255],
            [0, 0, 0x0D, 1, 0, 0, 0, 2, 63, 128, 0, 0, 64, 0, 0, 0],
            Gzip([0, 0, 0x0B, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]),
        ],
        path => IdxFile.Read(path).ToSingles(),
        most: length => 8_000 * length,
        repair: Gzip);

    [Fact]
    public void A_damaged_csv_file_is_read_or_refused() => Damaged(
        [
            Encoding.UTF8.GetBytes("size,colour,\"the \"\"price\"\"\",kind\n1.5,red,3,a\n2,\"blue, dark\",4e2,b\n?,green,-1,a\n"),
            Encoding.UTF8.GetBytes("kind;size;colour\r\n0;1;x\r\n1;2;y\r\n"),
        ],
        path => Dataset.FromCsv(path, label: "kind", new CsvOptions { MissingValues = ["?"], OneHotColumns = ["colour"] }),
        // A damaged header has no column of that name.
        typeof(ArgumentException));

    [Fact]
    public void A_damaged_csv_file_of_targets_is_read_or_refused() => Damaged(
        [Encoding.UTF8.GetBytes("1,2,3\n-4.5,1e3,6\n"), Encoding.UTF8.GetBytes("a,0,\"7\"\nb,1,8\n")],
        path => Dataset.FromCsv(path, targets: ["column3"], new CsvOptions { HasHeader = false, IndexedColumns = ["column1"] }),
        typeof(ArgumentException));

    [Fact]
    public void A_damaged_vocabulary_of_characters_is_read_or_refused()
    {
        CharVocabulary.Build("a b\n\\", unknown: true).Save(PathOf("vocabulary"));
        Damaged([File.ReadAllBytes(PathOf("vocabulary"))], CharVocabulary.Load);
    }

    [Fact]
    public void A_damaged_vocabulary_of_words_is_read_or_refused()
    {
        WordVocabulary.Build("to be or not to be", most: 4).Save(PathOf("vocabulary"));
        Damaged([File.ReadAllBytes(PathOf("vocabulary"))], WordVocabulary.Load);
    }

    /// <summary>Reads damaged files from a folder of their own.</summary>
    private void Damaged(IReadOnlyList<byte[]> valid, Func<string, object> read, Type? alsoRefused = null, Func<long, long>? most = null, Func<byte[], byte[]>? repair = null)
    {
        string path = PathOf("damaged");
        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of(valid, random, repair),
            file =>
            {
                File.WriteAllBytes(path, file);
                try
                {
                    Assert.NotNull(read(path));
                    return true;
                }
                catch (DatasetFormatException exception)
                {
                    Assert.StartsWith(path, exception.File, StringComparison.Ordinal);
                    Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
                    return false;
                }
                catch (Exception exception) when (exception.GetType() == alsoRefused)
                {
                    return false;
                }
            },
            cases: 1_000,
            // Buffers, and what a file becomes: strings for its cells, floats for its bytes.
            allocated: length => 1_000_000 + (most?.Invoke(length) ?? 100 * length));
        Assert.True(taken > 10 && refused > 10, $"{taken} files were taken and {refused} refused");
    }

    private static byte[][] Arrays() =>
        [.. new[] { "float16", "float32", "float64", "uint8", "int64", "bool", "features", "vector" }.Select(name => File.ReadAllBytes(Repository.Fixture($"numpy/{name}.npy")))];

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.Fastest)) gzip.Write(content);
        return file.ToArray();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
