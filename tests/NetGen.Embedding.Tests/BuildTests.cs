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
}
