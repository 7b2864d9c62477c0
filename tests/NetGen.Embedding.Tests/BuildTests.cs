extern alias build;

using System.Reflection;
using System.Text.Json;

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

    [Fact]
    public void The_build_writes_what_each_network_compiled_to()
    {
        string obj = typeof(BuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "IntermediateOutput").Value!;
        string[] networks = [.. Directory.EnumerateFiles(Path.Combine(obj, "NetGen"), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(build::NetGen.Build.InspectionConstants.Read(typeof(Small).Assembly.Location).Count, networks.Length);
        Assert.Contains("NetGen.Embedding.Tests.Small.json", networks);
        using JsonDocument small = JsonDocument.Parse(File.ReadAllText(Path.Combine(obj, "NetGen", "NetGen.Embedding.Tests.Small.json")));
        Assert.Equal("Small", small.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public void A_network_that_is_gone_takes_its_description_with_it()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Gone.json"), "{}");
            File.WriteAllText(Path.Combine(folder, "weights.txt"), "");
            build::NetGen.Build.InspectStep.Run(typeof(Small).Assembly.Location, folder);

            Assert.False(File.Exists(Path.Combine(folder, "Gone.json")));
            Assert.True(File.Exists(Path.Combine(folder, "weights.txt")));
            Assert.True(File.Exists(Path.Combine(folder, "NetGen.Embedding.Tests.Small.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
