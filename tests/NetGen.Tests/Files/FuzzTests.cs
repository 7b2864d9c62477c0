using NetGen.Testing;
using static NetGen.Tests.Files.RawFile;

namespace NetGen.Tests.Files;

/// <summary>Damaged weights files: each is refused with the network as it was, or loads numbers.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_weights_file_is_loaded_or_refused_whole(bool lenient)
    {
        using MemoryStream saved = new();
        TestNetwork.Counting().Save(saved);
        LoadOptions? options = lenient ? new() { AllowMissing = true, AllowUnused = true } : null;
        int[] before = TestNetwork.Counting().Bits();

        byte[][] valid = [saved.ToArray(), Of(Header(Weight, Bias, Mean, Std)), Of(Header(Metadata(("netgen.version", "1"), ("netgen.step", "3")), Weight, Bias, Mean, Std))];

        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of(valid, random, Damage.FitHeader),
            file =>
            {
                TestNetwork network = TestNetwork.Counting();
                try
                {
                    network.Load(new MemoryStream(file), options);
                    return true;
                }
                catch (NetworkFormatException exception)
                {
                    Assert.Equal(before, network.Bits());
                    Assert.InRange(exception.Message.Length, 20, 2_000);
                    return false;
                }
            },
            cases: 10_000,
            // A header of the shortest tensors there are becomes objects of some ten times its length.
            allocated: length => 200_000 + (64 * length));
        Assert.True(taken > 100 && refused > 100, $"{taken} files were taken and {refused} refused");
    }
}
