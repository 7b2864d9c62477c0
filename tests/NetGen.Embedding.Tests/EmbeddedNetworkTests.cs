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
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Source("", layers));
        var trained = plain.Create<ITrainable>("Net", 1L, 4);
        Train(trained);
        var file = WeightsFile.Of("net.safetensors", trained);
        var loaded = plain.Create<ITrainable>("Net", 2L, 0);
        loaded.Load(new MemoryStream(file.Content));

        using InMemoryNetworks networks = InMemoryNetworks.Compile([file], Source(", Weights(\"net.safetensors\")", layers));
        var embedded = networks.Create<ITrainable>("Net");

        Assert.Equal(Predicted(trained), Predicted(loaded));
        Assert.Equal(Predicted(trained), Predicted(embedded));
        Assert.Equal(trained.StepCount, embedded.StepCount);
        Assert.Equal(Bits(trained.State), Bits(embedded.State));
    }

    [Fact]
    public void Training_goes_on_from_embedded_weights()
    {
        string layers = "[Input(4), Dense(8), Dropout(0.5f), ReLU, Dense(3)]\n[SoftmaxCrossEntropy]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Source("", layers));
        var first = plain.Create<ITrainable>("Net", 1L, 0);
        Train(first);
        using InMemoryNetworks networks = InMemoryNetworks.Compile([WeightsFile.Of("net.safetensors", first)], Source(", Weights(\"net.safetensors\")", layers));
        var second = networks.Create<ITrainable>("Net", 1L, 0);
        Train(first);
        Train(second);

        Assert.Equal(Bits(first.Parameters), Bits(second.Parameters));
        Assert.Equal(Bits(networks.Create<ITrainable>("Net").Parameters), Bits(networks.Create<ITrainable>("Net", 3L, 0).Parameters));
    }

    [Theory]
    [InlineData(SafetensorsType.F16)]
    [InlineData(SafetensorsType.BF16)]
    [InlineData(SafetensorsType.F64)]
    public void Other_floating_point_types_are_converted_as_Load_converts_them(SafetensorsType type)
    {
        string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Source("", layers));
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

        using InMemoryNetworks networks = InMemoryNetworks.Compile([new("net.safetensors", stream.ToArray())], Source(", Weights(\"net.safetensors\")", layers));

        Assert.Equal(Bits(loaded.Parameters), Bits(networks.Create<INetwork>("Net").Parameters));
    }

    [Fact]
    public void An_assembly_that_holds_another_file_says_so()
    {
        string layers = "[Input(4), Dense(3), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Source("", layers));
        var file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net"));
        using MemoryStream other = new();
        new SafetensorsFile([new("dense1.bias", new Shape(3), [1, 2, 3]), new("dense1.weight", new Shape(3, 4), new float[12])]).Write(other);

        foreach (ResourcesOf resources in new ResourcesOf[] { () => [], () => [new WeightsFile("net.safetensors", other.ToArray())] })
        {
            using InMemoryNetworks networks = InMemoryNetworks.Compile([file], resources(), Source(", Weights(\"net.safetensors\")", layers));
            var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => networks.Create<INetwork>("Net"));
            Assert.Contains("net.safetensors: expected ", Assert.IsType<NetworkFormatException>(error.InnerException).Message, StringComparison.Ordinal);
        }
    }

    private delegate IReadOnlyList<WeightsFile> ResourcesOf();

    private static string Source(string weights, string layers) => $"using NetGen;\n[Network{weights}]\n{layers}\npublic sealed partial class Net;";

    private static void Train(ITrainable network)
    {
        float[] inputs = Numbers(4 * network.Info.InputSize);
        bool classes = network.Info.Loss == LossKind.SoftmaxCrossEntropy;
        network.FitPreprocessing(inputs);
        Adam optimizer = new(1e-2f);
        for (int step = 0; step < 3; step++)
        {
            network.TrainStep(classes
                ? new Batch { Count = 4, Inputs = inputs, Classes = [0, 1, 2, 1] }
                : new Batch { Count = 4, Inputs = inputs, Targets = Numbers(4 * network.Info.OutputSize) }, optimizer);
        }
    }

    private static int[] Predicted(INetwork network)
    {
        float[] outputs = new float[5 * network.Info.OutputSize];
        network.Predict(Numbers(5 * network.Info.InputSize), outputs);
        return Bits(outputs);
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(1.7f * i))];

    private static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
