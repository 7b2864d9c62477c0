extern alias build;

namespace NetGen.Embedding.Tests;

/// <summary>Files that the build of this project put into its assembly.</summary>
public sealed class BuildTests
{
    [Fact]
    public void A_new_network_has_the_weights_of_its_file()
    {
        SmallOfFile loaded = new(seed: 5);
        loaded.Load(typeof(Small).Assembly.GetManifestResourceStream("NetGen.Weights/weights/small.safetensors")!);

        Assert.Equal(loaded.Parameters, new Small().Parameters);
    }

    [Fact]
    public void A_link_names_a_file_and_its_samples_are_replayed()
    {
        Assert.Equal(3, Golden.VerifyEmbedded().Samples);
        Assert.True(Golden.VerifyEmbedded().Passed);
    }

    [Fact]
    public void The_build_verifies_each_network_with_weights()
    {
        using StringWriter output = new();
        int code = build::NetGen.Build.VerifyStep.Run(typeof(Small).Assembly.Location, [], output);

        Assert.Equal(1, code);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith("NetGen verified NetGen.Embedding.Tests.Golden: 3 samples, largest difference ", StringComparison.Ordinal));
        const string error = "NetGen.Embedding.Tests.dll : error NETG901: NetGen.Embedding.Tests.Small could not be verified: weights/small.safetensors holds no samples";
        Assert.Contains(lines, line => line.Contains(error, StringComparison.Ordinal));
        Assert.Equal(2, lines.Length);
    }
}
