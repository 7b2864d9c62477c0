using NetGen.Cli.Reading;
using NetGen.Testing;

namespace NetGen.Cli.Tests;

/// <summary>Damaged assemblies: each is read or refused by the one exception that the tool prints.</summary>
public sealed class FuzzTests(Assemblies assemblies)
{
    [Fact]
    public void A_damaged_assembly_is_read_or_refused()
    {
        byte[] valid = File.ReadAllBytes(assemblies.Both);
        string path = Path.Combine(assemblies.Folder, "damaged.dll");
        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of([valid], random),
            file =>
            {
                File.WriteAllBytes(path, file);
                try
                {
                    Assert.NotEmpty(NetworkFile.Read(path).Networks);
                    return true;
                }
                catch (UnusableFileException)
                {
                    return false;
                }
            },
            cases: 200);
        Assert.True(taken > 10 && refused > 10, $"{taken} assemblies were taken and {refused} refused");
    }
}
