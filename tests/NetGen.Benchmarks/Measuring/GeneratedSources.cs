using NetGen.Testing;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Files with one network each: those of the samples, and deep ones, of which only the number of layers differs.</summary>
internal static class GeneratedSources
{
    public static IEnumerable<(string Name, string Source)> All =>
    [
        ("digits", Sample("Digits/DigitNet.cs").Replace("[Input(64)", "[Network, Input(64)")),
        ("ResNet-8", Sample("MlPerfTiny/ImageClassification.cs")),
        .. from layers in new[] { 10, 100, 200, 1000 } select ($"{layers} dense layers", Deep(layers)),
        .. from layers in new[] { 30, 300 } select ($"{layers} image layers", DeepImages(layers)),
    ];

    private static string Sample(string file) => File.ReadAllText(Path.Combine(Repository.Root, "samples", file));

    /// <summary>Pairs of a dense layer and an activation.</summary>
    private static string Deep(int layers) => $$"""
        using NetGen;
        [Network, Input(64)]
        [{{string.Join(", ", Enumerable.Repeat("Dense(64), ReLU", layers / 2))}}]
        [SoftmaxCrossEntropy]
        public sealed partial class Deep;
        """;

    /// <summary>Convolutions with norms and activations.</summary>
    private static string DeepImages(int layers) => $$"""
        using NetGen;
        [Network, Input(3, 32, 32)]
        [{{string.Join(", ", Enumerable.Repeat("Conv2D(16, 3), BatchNorm, ReLU", layers / 3))}}]
        [GlobalAvgPool, Dense(10), SoftmaxCrossEntropy]
        public sealed partial class DeepImages;
        """;
}
