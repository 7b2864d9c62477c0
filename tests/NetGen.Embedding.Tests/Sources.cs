namespace NetGen.Embedding.Tests;

/// <summary>Source text of one network called <c>Net</c>.</summary>
internal static class Sources
{
    /// <summary>What the tests' networks use as a block.</summary>
    private const string Inner = "\n[Block, Conv2D(4, 3), BatchNorm, ReLU, Conv2D(4, 1), BatchNorm] file class Inner;";

    /// <summary>A network with attributes beside <c>[Network]</c>, such as <c>, Weights("file")</c>.</summary>
    public static string Of(string attributes, string layers) => $"using NetGen;\n[Network{attributes}]\n{layers}\npublic sealed partial class Net;{(layers.Contains("Inner") ? Inner : "")}";

    /// <summary>A network whose weights are in its assembly.</summary>
    public static string Embedded(string file, string layers) => Of($", Weights(\"{file}\")", layers);

    /// <summary>A network that only predicts.</summary>
    public static string Inference(string file, string layers) => Of($"(Mode = NetworkMode.Inference), Weights(\"{file}\")", layers);
}
