namespace NetGen.Embedding.Tests;

/// <summary>Weights as numbers in the generated source.</summary>
public sealed class LiteralTests
{
    private const string Layers = "[Input(4), Standardize, Dense(10), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]";

    [Theory]
    [InlineData("")]
    [InlineData("(Mode = NetworkMode.Inference)")]
    public void Literals_are_the_bits_of_the_file(string mode)
    {
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", Layers));
        ITrainable trained = Training.Train(plain.Create<ITrainable>("Net", 1L, 0));
        trained.Parameters[0] = -0f;
        trained.Parameters[1] = float.Epsilon;
        trained.Parameters[2] = float.MaxValue;
        trained.Parameters[3] = 1 / 3f;
        WeightsFile file = WeightsFile.Of("net.safetensors", trained);
        using InMemoryNetworks resource = InMemoryNetworks.Compile([file], Sources.Of($"{mode}, Weights(\"net.safetensors\")", Layers));
        using InMemoryNetworks literals = InMemoryNetworks.Compile([file], Sources.Of($"{mode}, Weights(\"net.safetensors\", As = WeightsForm.Literals)", Layers));
        var expected = resource.Create<IFreezable>("Net");
        var actual = literals.Create<IFreezable>("Net");

        Assert.Equal(Training.Bits(Frozen(expected)), Training.Bits(Frozen(actual)));
        string source = literals.Sources.Single().Value;
        Assert.Contains("// dense1.weight [10, 4], a paragraph a row", source, StringComparison.Ordinal);
        Assert.Contains("-0f, ", source, StringComparison.Ordinal);
        Assert.Contains("0.333333343f", source, StringComparison.Ordinal);
        Assert.DoesNotContain("EmbeddedWeights.Open", source.Split("VerifyEmbedded")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public async Task Many_numbers_are_refused_at_the_argument(int units, bool fits)
    {
        string layers = $"[Input(128), Dense({units}, Bias = false)]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        WeightsFile file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net"), fits ? [] : new float[128]);
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compilation(Sources.Of(", Weights(\"net.safetensors\", As = WeightsForm.Literals)", layers)), file);
        var diagnostics = await run.AnalyzeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(fits ? [] : ["NETG066 at As = WeightsForm.Literals"], diagnostics.Select(diagnostic => $"{diagnostic.Id} at {diagnostic.Location.Text()}"));
    }

    private static float[] Frozen(IFreezable network)
    {
        float[] values = new float[network.FrozenForm.Length];
        network.Freeze(values);
        return values;
    }
}
