using System.Buffers.Binary;
using System.Reflection;

namespace NetGen.Embedding.Tests;

/// <summary>A saved model carries samples, and the network that embeds it gives the same outputs, or says so.</summary>
public sealed class GoldenTests
{
    private const string Layers = "[Input(3, 6, 6), Standardize, Conv2D(8, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dropout(0.5f), Dense(3)]\n[SoftmaxCrossEntropy]";

    private static readonly float[] Samples = Training.Numbers(6 * 3 * 6 * 6);

    [Fact]
    public void A_network_gives_the_outputs_that_its_file_was_saved_with()
    {
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", Layers));
        ITrainable trained = Training.Train(plain.Create<ITrainable>("Net", 1L, 4));
        WeightsFile saved = WeightsFile.Of("net.safetensors", trained, Samples);

        Assert.Equal(new GoldenReport(6, 0, 0), Verify(saved, Sources.Embedded("net.safetensors", Layers)));
        GoldenReport folded = Verify(saved, Sources.Inference("net.safetensors", Layers));
        Assert.InRange(folded.Ulps, 0, 32);
        Assert.True(folded.Passed);
        Assert.Equal(folded, Verify(WeightsFile.Frozen("net.netgen", (IFreezable)trained, Samples), Sources.Inference("net.netgen", Layers)));

        var loaded = plain.Create<INetwork>("Net", 2L, 0);
        loaded.Load(new MemoryStream(saved.Content));
        Assert.Equal(Training.Bits(trained.Parameters), Training.Bits(loaded.Parameters));
    }

    [Fact]
    public void Other_weights_of_the_same_shapes_do_not_pass()
    {
        const string layers = "[Input(4), Dense(4), ReLU, Dense(4), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        WeightsFile file = WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net", 1L, 0), Training.Numbers(8));
        byte[] swapped = [.. file.Content];
        byte[] bigEndian = [.. file.Content];
        int data = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file.Content);
        file.Content.AsSpan(data, 64).CopyTo(swapped.AsSpan(data + 64 + 16));
        file.Content.AsSpan(data + 64 + 16, 64).CopyTo(swapped.AsSpan(data));
        for (int i = data; i < data + 64; i += 4)
        {
            bigEndian.AsSpan(i, 4).Reverse();
        }

        Assert.False(Verify(file with { Content = swapped }, Sources.Embedded("net.safetensors", layers)).Passed);
        Assert.False(Verify(file with { Content = bigEndian }, Sources.Embedded("net.safetensors", layers)).Passed);
    }

    [Fact]
    public void A_file_without_samples_says_how_to_save_some()
    {
        const string layers = "[Input(4), Dense(4), MeanSquaredError]";
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", layers));
        var error = Assert.Throws<TargetInvocationException>(() => Verify(WeightsFile.Of("net.safetensors", plain.Create<INetwork>("Net")), Sources.Embedded("net.safetensors", layers)));
        Assert.Contains("golden: samples", Assert.IsType<InvalidOperationException>(error.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_sample_is_refused()
    {
        using InMemoryNetworks plain = InMemoryNetworks.Compile(Sources.Of("", Layers));
        Assert.Throws<ArgumentException>(() => plain.Create<INetwork>("Net").Save(new MemoryStream(), new float[7]));
    }

    [Theory]
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 2 }, 0, 0)]
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 2.0000002f }, 1, 0)]
    [InlineData(new float[] { 1, 2, 0, 8 }, new float[] { 1, 2, 9.5367431640625e-7f, 8 }, 1, 1)]
    [InlineData(new float[] { float.NaN, 1 }, new float[] { float.NaN, 1 }, 0, 0)]
    [InlineData(new float[] { float.NaN, 1 }, new float[] { 1, 1 }, double.PositiveInfinity, 0)]
    [InlineData(new float[] { float.PositiveInfinity, 1 }, new float[] { float.PositiveInfinity, 1 }, 0, 0)]
    public void Ulps_are_those_of_the_largest_output_of_a_sample(float[] expected, float[] actual, double ulps, int worst) =>
        Assert.Equal(new GoldenReport(expected.Length / 2, ulps, worst), GoldenReport.Of(expected, actual, expected.Length / 2));

    private static GoldenReport Verify(WeightsFile file, string source)
    {
        using InMemoryNetworks networks = InMemoryNetworks.Compile([file], source);
        return (GoldenReport)networks.Type("Net").GetMethod("VerifyEmbedded")!.Invoke(null, null)!;
    }
}
