using System.Text;

namespace NetGen.Training.Tests;

/// <summary>Files with changed, missing and inserted bytes: each is read or refused, and nothing large is reserved on the word of a header.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Variants = 400;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("float32.npy")]
    [InlineData("int64.npy")]
    public void A_damaged_npy_file_is_read_or_refused(string name) =>
        Damage(File.ReadAllBytes(Fixture(name)), path => NpyArray.Read(path).ToSingles(allowMissing: true));

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    public void A_damaged_npz_file_is_read_or_refused(string name) =>
        Damage(File.ReadAllBytes(Fixture(name)), path => Dataset.FromArrays(NpyArray.Read(path, "x"), NpyArray.Read(path, "y")));

    [Fact]
    public void A_damaged_idx_file_is_read_or_refused() =>
        Damage([0, 0, 0x08, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 253, 254, 255], path => IdxFile.Read(path).ToSingles());

    [Fact]
    public void A_damaged_csv_file_is_read_or_refused() => Damage(
        Encoding.UTF8.GetBytes("size,colour,\"the \"\"price\"\"\",kind\n1.5,red,3,a\n2,\"blue, dark\",4e2,b\n?,green,-1,a\n"),
        path => Dataset.FromCsv(path, label: "kind", new CsvOptions { MissingValues = ["?"], OneHotColumns = ["colour"] }),
        // A damaged header has no column of that name.
        typeof(ArgumentException));

    private void Damage(byte[] file, Func<string, object> read, params Type[] alsoRefused)
    {
        SplitMix64 random = new(seed: 5);
        string path = Path.Combine(_folder.FullName, "damaged");
        (int whole, int refused) = (0, 0);
        for (int variant = 0; variant < Variants; variant++)
        {
            File.WriteAllBytes(path, Damaged(file, ref random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.NotNull(read(path));
                whole++;
            }
            catch (DatasetFormatException exception)
            {
                Assert.StartsWith(path, exception.File, StringComparison.Ordinal);
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception exception) when (alsoRefused.Contains(exception.GetType()))
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
        // Some changes are of no importance, and most are.
        Assert.InRange(whole, 1, Variants - 1);
        Assert.InRange(refused, 1, Variants - 1);
    }

    private static byte[] Damaged(byte[] file, ref SplitMix64 random)
    {
        List<byte> bytes = [.. file];
        switch (random.NextBelow(4))
        {
            case 0:
                bytes.RemoveRange(random.NextBelow(bytes.Count), 1);
                break;
            case 1:
                int kept = random.NextBelow(bytes.Count);
                bytes.RemoveRange(kept, bytes.Count - kept);
                break;
            case 2:
                bytes.Insert(random.NextBelow(bytes.Count + 1), (byte)random.NextBelow(256));
                break;
            default:
                for (int i = random.NextBelow(3); i >= 0; i--)
                {
                    bytes[random.NextBelow(bytes.Count)] = (byte)random.NextBelow(256);
                }
                break;
        }
        return [.. bytes];
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "numpy", name);
}
