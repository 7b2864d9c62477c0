namespace NetGen.Embedding.Tests;

/// <summary>Embedded, loaded and trained networks are the same.</summary>
public sealed class EmbeddedNetworkTests
{
    public static TheoryData<string> Networks =>
    [
        "[Input(4), Dense(8), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(2, 6, 6), Conv2D(8, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dropout(0.5f), Dense(3)]\n[SoftmaxCrossEntropy]",
        "[Input(5), Standardize, Dense(4), Tanh, Dense(2)]\n[MeanSquaredError]",
        "[Input(7, 3), LSTM(6), LastStep, Dense(2)]\n[MeanSquaredError]",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Embedded_loaded_and_trained_networks_give_the_same_bits(string layers)
    {
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        var trained = plain.Create<ITrainable>("Net", 1L, 4);
        Training.Train(trained);
        var file = WeightsFile.Of("net.safetensors", trained);
        var loaded = plain.Create<ITrainable>("Net", 2L, 0);
        loaded.Load(new MemoryStream(file.Content));

        using InMemoryNetworks networks = InMemoryNetworks.Compile([file], Sources.Embedded("net.safetensors", layers));
        var embedded = networks.Create<ITrainable>("Net");

        Assert.Equal(Training.Bits(Training.Predict(trained)), Training.Bits(Training.Predict(loaded)));
        Assert.Equal(Training.Bits(Training.Predict(trained)), Training.Bits(Training.Predict(embedded)));
        Assert.Equal(trained.StepCount, embedded.StepCount);
        Assert.Equal(Training.Bits(trained.State), Training.Bits(embedded.State));
    }

    [Fact]
    public void Training_goes_on_from_embedded_weights()
    {
        string layers = "[Input(4), Dense(8), Dropout(0.5f), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        var first = plain.Create<ITrainable>("Net", 1L, 0);
        Training.Train(first);
        using InMemoryNetworks networks = InMemoryNetworks.Compile([WeightsFile.Of("net.safetensors", first)], Sources.Embedded("net.safetensors", layers));
        var second = networks.Create<ITrainable>("Net", 1L, 0);
        Training.Train(first);
        Training.Train(second);

        Assert.Equal(Training.Bits(first.Parameters), Training.Bits(second.Parameters));
        Assert.Equal(Training.Bits(networks.Create<ITrainable>("Net").Parameters), Training.Bits(networks.Create<ITrainable>("Net", 3L, 0).Parameters));
    }

    [Theory]
    [InlineData(SafetensorsType.F16)]
    [InlineData(SafetensorsType.BF16)]
    [InlineData(SafetensorsType.F64)]
    public void Other_floating_point_types_are_converted_as_Load_converts_them(SafetensorsType type)
    {
        string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        byte[] numbers = new byte[15 * SafetensorsTypes.SizeOf(type)];
        for (int i = 0; i < 15; i++)
        {
            double value = (i - 7) / 3.0;
            byte[] number = type switch
            {
                SafetensorsType.F16 => BitConverter.GetBytes((Half)value),
                SafetensorsType.BF16 => BitConverter.GetBytes(BitConverter.SingleToUInt32Bits((float)value))[2..],
                _ => BitConverter.GetBytes(value),
            };
            number.CopyTo(numbers, i * number.Length);
        }
        int weight = 12 * SafetensorsTypes.SizeOf(type);
        using MemoryStream stream = new();
        new SafetensorsFile([new("dense1.weight", type, [3, 4], numbers[..weight]), new("dense1.bias", type, [3], numbers[weight..])]).Write(stream);
        var loaded = plain.Create<INetwork>("Net");
        loaded.Load(new MemoryStream(stream.ToArray()));

        using InMemoryNetworks networks = InMemoryNetworks.Compile([new("net.safetensors", stream.ToArray())], Sources.Embedded("net.safetensors", layers));

        Assert.Equal(Training.Bits(loaded.Parameters), Training.Bits(networks.Create<INetwork>("Net").Parameters));
    }

    [Fact]
    public void An_assembly_that_holds_another_file_says_so()
    {
        string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        var file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net"));
        using MemoryStream other = new();
        new SafetensorsFile([new("dense1.bias", new Shape(3), [1, 2, 3]), new("dense1.weight", new Shape(3, 4), new float[12])]).Write(other);

        foreach (ResourcesOf resources in new ResourcesOf[] { () => [], () => [new WeightsFile("net.safetensors", other.ToArray())] })
        {
            using InMemoryNetworks networks = InMemoryNetworks.Compile([file], resources(), Sources.Embedded("net.safetensors", layers));
            var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => networks.Create<INetwork>("Net"));
            Assert.Contains("net.safetensors: expected ", Assert.IsType<NetworkFormatException>(error.InnerException).Message, StringComparison.Ordinal);
        }
    }

    private delegate IReadOnlyList<WeightsFile> ResourcesOf();
}
