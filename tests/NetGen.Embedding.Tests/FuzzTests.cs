extern alias build;

using System.Buffers.Binary;
using System.Text;
using NetGen.Compiler;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Spec;
using NetGen.CompilerServices;

namespace NetGen.Embedding.Tests;

/// <summary>Damaged and hostile files: the build and <c>Load</c> say the same of each, and what neither refuses has the bits of the file.</summary>
public sealed class FuzzTests : IDisposable
{
    private const string Layers = "[Input(4), Standardize, Dense(4), ReLU, Dense(4)]\n[MeanSquaredError]";

    private readonly InMemoryNetworks _networks = InMemoryNetworks.Compile(Sources.Of("", Layers));
    private readonly NetworkSpec _spec;
    private readonly INetwork _network;
    private readonly byte[] _file;

    public FuzzTests()
    {
        _spec = _networks.Specs.Single();
        _network = Training.Train(_networks.Create<ITrainable>("Net", 1L, 0));
        _file = WeightsFile.Of("net.safetensors", _network, Training.Numbers(12)).Content;
    }

    public void Dispose() => _networks.Dispose();

    [Fact]
    public void A_damaged_file_is_refused_by_the_build_and_Load_alike_or_changes_numbers_only()
    {
        (int taken, int refused) = Fuzzing.Run(random => Damage.Of([_file], random, Damage.FitHeader), file => Check(file, "the file"), cases: 3_000);

        // What is taken differs in numbers, or in what no reader looks at.
        Assert.True(taken > 100 && refused > 1_500, $"{taken} files were taken and {refused} refused");
    }

    [Fact]
    public void A_damaged_state_of_a_stream_is_loaded_or_refused_whole()
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile(Sources.Of("", "[Input(4, 2), GRU(3), Dense(2)]"));
        var network = networks.Create<IStreaming>("Net");
        StreamState state = network.NewState();
        network.Step([1, 2], state, new float[2]);
        byte[] valid = Saved(state);
        byte[] empty = Saved(network.NewState());

        (int taken, int refused) = Fuzzing.Run(
            random => Damage.Of([valid, empty], random, Damage.FitHeader),
            file =>
            {
                StreamState loaded = network.NewState();
                try
                {
                    loaded.Load(new MemoryStream(file));
                    return true;
                }
                catch (NetworkFormatException)
                {
                    Assert.Equal(empty, Saved(loaded));
                    return false;
                }
            },
            cases: 1_000,
            allocated: length => 200_000 + (64 * length));
        Assert.True(taken > 10 && refused > 500, $"{taken} files were taken and {refused} refused");

        static byte[] Saved(StreamState state)
        {
            using MemoryStream stream = new();
            state.Save(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Numbers_that_were_changed_fail_the_samples_of_the_file()
    {
        Random random = new(2);
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(_file);
        int noticed = 0;
        for (int variant = 0; variant < 200; variant++)
        {
            // The sign or the exponent of one weight.
            byte[] damaged = [.. _file];
            damaged[header + (4 * random.Next(16)) + 3] ^= (byte)(1 << random.Next(4, 8));
            var loaded = _networks.Create<INetwork>("Net");
            loaded.Load(new MemoryStream(damaged));
            noticed += EmbeddedWeights.Verify(loaded, damaged, Begin(GoldenSamples.Inputs), Begin(GoldenSamples.Outputs), samples: 3).Passed ? 0 : 1;
        }
        Assert.InRange(noticed, 150, 200);

        int Begin(string tensor) => ManifestOf(_file).Tensors.Single(row => row.Name == tensor).Begin;
    }

    [Fact]
    public void Headers_made_to_break_readers_are_refused()
    {
        string[] headers =
        [
            "", "[]", "null", "{", "{}", "{\"a\":1}", new string('[', 50_000), new string('{', 50_000), "{\"a\":" + new string('[', 50_000) + new string(']', 50_000) + "}",
            Tensor("dense1.weight", "F32", "[4,4]", "[0,64]") + "x", "{\"__metadata__\":{\"netgen.version\":1}}", "{\"__metadata__\":{\"netgen.version\":\"99999999999999999999\"}}",
            "{" + Tensor("dense1.weight", "F32", "[4,4]", "[0,9223372036854775807]") + "}", "{" + Tensor("dense1.weight", "F32", "[4294967296,4294967296]", "[0,0]") + "}",
            "{" + Tensor("dense1.weight", "F32", "[-4,-4]", "[0,64]") + "}", "{" + Tensor("dense1.weight", "F32", "[1e1,4]", "[0,64]") + "}",
            "{" + Tensor("dense1.weight", "F99", "[4,4]", "[0,64]") + "}", "{" + Tensor("dense1.weight", "F32", "[4,4]", "[64,0]") + "}",
            "{" + Tensor("\\ud800", "F32", "[0]", "[0,0]") + "}", "{" + Tensor("a\\tb\\nc\\\\d", "F32", "[0]", "[0,0]") + "}",
            "{\"x\":{\"dtype\":\"F32\",\"" + new string('a', 5_000) + "\":1}}",
            "{" + Tensor("x", "F32", "[0]", "[0,0]") + "," + Tensor("x", "F32", "[0]", "[0,0]") + "}",
            "{" + string.Join(",", Enumerable.Range(0, 20_000).Select(i => Tensor($"t{i}", "F32", "[0]", "[0,0]"))) + "}",
            "{\"__metadata__\":{\"netgen.plan\":\"00\",\"netgen.architecture\":\"" + _network.Info.ArchitectureHash + "\"}}",
        ];
        Assert.All(headers, header => Assert.False(Check([.. Prefix(header.Length), .. Encoding.UTF8.GetBytes(header)], header[..Math.Min(60, header.Length)])));
        Assert.All(new long[] { -1, long.MinValue, long.MaxValue, 1L << 32, int.MaxValue, 100_000_001 }, length => Assert.False(Check([.. Prefix(length), .. _file], $"length {length}")));

        // The whole of the length the wrong way round.
        byte[] swapped = [.. _file];
        swapped.AsSpan(0, 8).Reverse();
        Assert.False(Check(swapped, "big-endian length"));

        static string Tensor(string name, string type, string shape, string offsets) => $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}";

        static byte[] Prefix(long length)
        {
            byte[] prefix = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
            return prefix;
        }
    }

    [Fact]
    public void A_manifest_survives_being_text_whatever_names_hold()
    {
        WeightsManifest manifest = new(
            "net.safetensors", null, 1234, 56, "0123456789abcdef", "ab", new([new WeightsMetadata("k\t\n", "v\\t\r\n")]),
            new([new WeightsTensor("a\tb\nc\\nd\\", "F32", new([2L, 3L]), 56, new([0f, -0f, float.NaN, float.MaxValue, float.Epsilon, 1 / 3f])), new WeightsTensor("", "I64", [], 80, [])]));

        Assert.Equal(manifest, WeightsManifestText.Read(WeightsManifestText.Write(manifest), "net.safetensors"));
        string text = WeightsManifestText.Write(manifest);
        Assert.All(Enumerable.Range(0, text.Length - 1), length => Assert.NotNull(WeightsManifestText.Read(text[..length], "net.safetensors").Problem));
    }

    /// <summary>Gives a file to the build and to Load.</summary>
    /// <returns>Whether they take it.</returns>
    private bool Check(byte[] file, string what)
    {
        WeightsManifest manifest = ManifestOf(file);
        NetworkSpec spec = _spec with { Weights = new WeightsSpec("net.safetensors", Compiler.Spec.WeightsForm.Resource, manifest) };
        IReadOnlyList<Issue> issues = NetworkCompiler.Analyze(spec, CancellationToken.None);
        Assert.All(issues, issue => Assert.InRange(issue.Message.Length, 20, 2_000));

        var loaded = _networks.Create<INetwork>("Net", 7L, 0);
        int[] before = Training.Bits(loaded.Parameters);
        try
        {
            loaded.Load(new MemoryStream(file));
        }
        catch (NetworkFormatException exception)
        {
            Assert.True(issues.Count == 1, $"{what}: Load refuses it ({exception.Message}), and the build does not");
            Assert.Equal(before, Training.Bits(loaded.Parameters));
            return false;
        }
        if (issues.Any(issue => issue.Message.Contains("netgen.golden", StringComparison.Ordinal)))
        {
            return false;   // samples to verify with, which Load has no use for
        }
        Assert.True(issues.Count == 0, $"{what}: the build refuses it ({string.Join(", ", issues.Select(issue => issue.Message))}), and Load does not");

        // As generated code copies it.
        float[] parameters = new float[loaded.Parameters.Length];
        float[] state = new float[loaded.State.Length];
        foreach (BoundTensor tensor in NetworkCompiler.BindWeights(spec, CancellationToken.None)!.Tensors)
        {
            (IReadOnlyList<TensorInfo> table, float[] buffer) = tensor.IsState ? (loaded.Info.State, state) : (loaded.Info.Parameters, parameters);
            EmbeddedWeights.Copy(file, tensor.Source.Begin, Enum.Parse<SafetensorsType>(tensor.Source.Type), table[tensor.Index], buffer);
        }
        Assert.Equal(Training.Bits(loaded.Parameters), Training.Bits(parameters));
        Assert.Equal(Training.Bits(loaded.State), Training.Bits(state));
        return true;
    }

    private static WeightsManifest ManifestOf(byte[] file) =>
        WeightsManifestText.Read(build::NetGen.Build.ManifestStep.Run("net.safetensors", new MemoryStream(file)), "net.safetensors");
}
