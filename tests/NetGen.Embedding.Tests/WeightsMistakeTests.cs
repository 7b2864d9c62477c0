namespace NetGen.Embedding.Tests;

/// <summary>What is wrong with a weights file is an error at the attribute that names it.</summary>
public sealed class WeightsMistakeTests
{
    private const string Network = "using NetGen;\n[Network, Weights(\"w.safetensors\")] [Input(4), Dense(8), ReLU, Dense(3), SoftmaxCrossEntropy] public sealed partial class Net;";

    private static readonly Dictionary<string, (int[] Shape, SafetensorsType Type)> Right = new()
    {
        ["dense1.weight"] = ([8, 4], SafetensorsType.F32),
        ["dense1.bias"] = ([8], SafetensorsType.F32),
        ["dense2.weight"] = ([3, 8], SafetensorsType.F32),
        ["dense2.bias"] = ([3], SafetensorsType.F32),
    };

    [Fact]
    public async Task A_file_that_fits_is_no_mistake() => Assert.Empty(await Diagnostics(File()));

    [Fact]
    public async Task A_bias_before_a_batch_norm_that_the_file_holds_is_not_to_be_left_out()
    {
        string source = Network.Replace("Dense(8), ReLU", "Dense(8), BatchNorm, ReLU", StringComparison.Ordinal);
        (int[], SafetensorsType)? channels = ([8], SafetensorsType.F32);
        Assert.Empty(await Diagnoses.Of(source, File(
            ("batchnorm1.weight", channels), ("batchnorm1.bias", channels), ("batchnorm1.running_mean", channels), ("batchnorm1.running_var", channels))));
    }

    [Fact]
    public async Task A_file_that_the_project_does_not_name()
    {
        Assert.Equal(
            "NETG060 at \"w.safetensors\": 'Net' has the weights of 'w.safetensors', but the project has no <NetGenWeights Include=\"w.safetensors\" />; add it, and build the project",
            Assert.Single(await Diagnostics(File() with { Name = "other.safetensors" })));
    }

    [Fact]
    public async Task A_backslash_is_a_slash()
    {
        string source = Network.Replace("w.safetensors", @"models\\w.safetensors", StringComparison.Ordinal);
        Assert.Empty(await Diagnoses.Of(source, File() with { Name = "models/w.safetensors" }));
    }

    [Fact]
    public async Task A_file_that_is_cut_off()
    {
        WeightsFile file = File();
        foreach (byte[] content in new[] { file.Content[..^1], [], "version https://git-lfs.github.com/spec/v1\n"u8.ToArray() })
        {
            string diagnostic = Assert.Single(await Diagnostics(new("w.safetensors", content)));
            Assert.StartsWith("NETG061 at \"w.safetensors\": 'w.safetensors' cannot be read: ", diagnostic, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_tensor_of_another_shape()
    {
        Assert.Equal(
            "NETG062 at \"w.safetensors\": 'w.safetensors': tensor dense1.weight: expected 8x4, found 4x8; save the weights of this network again, or change its layers back",
            Assert.Single(await Diagnostics(File(("dense1.weight", ([4, 8], SafetensorsType.F32))))));
    }

    [Fact]
    public async Task A_tensor_that_is_missing_or_too_many()
    {
        Assert.Contains("tensor dense2.bias: expected 3, found none of that name;", Assert.Single(await Diagnostics(File(("dense2.bias", null)))), StringComparison.Ordinal);
        Assert.Contains(
            "tensor dense2.bias: expected 3, found none of that name, but fc2.bias;", Assert.Single(await Diagnostics(File(("dense2.bias", null), ("fc2.bias", ([3], SafetensorsType.F32))))),
            StringComparison.Ordinal);
        Assert.Contains("tensor extra: expected only tensors of Net, found 2x2;", Assert.Single(await Diagnostics(File(("extra", ([2, 2], SafetensorsType.F32))))), StringComparison.Ordinal);
        Assert.Empty(await Diagnostics(File(("norm.num_batches_tracked", ([], SafetensorsType.I64)))));
    }

    [Fact]
    public async Task Numbers_that_are_no_floats()
    {
        string diagnostic = Assert.Single(await Diagnostics(File(("dense1.bias", ([8], SafetensorsType.I32)))));
        Assert.Contains("tensor dense1.bias: expected F32, F16, BF16 or F64, found I32;", diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_of_other_layers_with_the_same_tensors()
    {
        using InMemoryNetworks other = InMemoryNetworks.Compile("using NetGen;\n[Network, Input(4), Dense(8), Tanh, Dense(3), SoftmaxCrossEntropy] public sealed partial class Other;");
        WeightsFile file = WeightsFile.Of("w.safetensors", other.Create<INetwork>("Other"));
        Assert.Equal(
            "NETG063 at \"w.safetensors\": 'w.safetensors': expected weights of Net, found those of Other with the same tensors, but other layers; " +
            "save the weights of this network again, or change its layers back",
            Assert.Single(await Diagnostics(file)));
    }

    [Fact]
    public async Task A_file_of_a_newer_version()
    {
        Assert.Contains("NETG063", Assert.Single(await Diagnostics(File([], new() { ["netgen.version"] = "2" }))), StringComparison.Ordinal);
        Assert.Contains("NETG061", Assert.Single(await Diagnostics(File([], new() { ["netgen.version"] = "1", ["netgen.step"] = "-1" }))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_a_mistake_in_its_weights_keeps_its_members()
    {
        const string user = "class User { void Use() => new Net(seed: 1).Predict([1, 2, 3, 4], new float[3]); }";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(Network, user), new WeightsFile("w.safetensors", []));
        Assert.Empty(run.CompilerDiagnostics());
    }

    /// <summary>A file of the network, but for some tensors.</summary>
    private static WeightsFile File(params (string Name, (int[] Shape, SafetensorsType Type)? Tensor)[] changes) => File(changes, []);

    private static WeightsFile File((string Name, (int[] Shape, SafetensorsType Type)? Tensor)[] changes, Dictionary<string, string> metadata)
    {
        Dictionary<string, (int[] Shape, SafetensorsType Type)> tensors = new(Right);
        foreach ((string name, (int[] Shape, SafetensorsType Type)? tensor) in changes)
        {
            tensors.Remove(name);
            if (tensor is { } given)
            {
                tensors.Add(name, given);
            }
        }
        using MemoryStream stream = new();
        new SafetensorsFile(
            [.. tensors.Select(tensor => new SafetensorsTensor(
                tensor.Key, tensor.Value.Type, [.. tensor.Value.Shape.Select(extent => (long)extent)],
                new byte[tensor.Value.Shape.Aggregate(1, (count, extent) => count * extent) * SafetensorsTypes.SizeOf(tensor.Value.Type)]))],
            metadata).Write(stream);
        return new("w.safetensors", stream.ToArray());
    }

    private static Task<List<string>> Diagnostics(WeightsFile file) => Diagnoses.Of(Network, file);
}
