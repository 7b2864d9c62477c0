using System.Globalization;

namespace NetGen.Truth;

/// <summary>Draws losses with their arguments, and functions of a user's own, whose definitions the interpreter has.</summary>
internal static class RandomLosses
{
    /// <summary>The functions that <c>Activation</c> and <c>Loss</c> take, as C# that stands beside a network.</summary>
    public const string Functions = """

        internal struct Snake : IActivationFunction
        {
            public static V Value<V>(V x) where V : struct, ILanes<V> => V.MultiplyAdd(VectorMath.Sin(x), VectorMath.Sin(x), x);
            public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.Broadcast(1) + V.Broadcast(2) * VectorMath.Sin(x) * VectorMath.Cos(x);
        }
        internal struct Cut : IActivationFunction
        {
            public static bool IsSimple => true;
            public static V Value<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.Broadcast(-1)), V.Broadcast(1));
            public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.SelectGreater(V.Broadcast(1), V.Abs(x), V.Broadcast(1), V.Broadcast(0));
        }
        internal struct LogCosh : ILossFunction
        {
            public static V Value<V>(V prediction, V target) where V : struct, ILanes<V>
            {
                V distance = V.Abs(prediction - target);
                return distance + VectorMath.Softplus(V.Broadcast(-2) * distance) - V.Broadcast(0.693147181f);
            }
            public static V Derivative<V>(V prediction, V target) where V : struct, ILanes<V> => VectorMath.Tanh(prediction - target);
        }
        """;

    private static readonly string[] OfElements =
    [
        "SigmoidCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Huber", "Huber(0.5f)", "SigmoidFocal", "SigmoidFocal(0.5f, 0.6f)", "Hinge",
        "Quantile(0.5f)", "Quantile(0.9f)", "Loss<LogCosh>",
    ];

    private static readonly string[] OfRows =
        ["SoftmaxCrossEntropy", "SoftmaxCrossEntropy", "SoftmaxCrossEntropy", "SoftmaxFocal", "SoftmaxFocal(0.5f)", "KLDivergence", "CosineDistance"];

    private static readonly string[] OfEmbeddings = ["Contrastive", "Contrastive(2.5f)", "Triplet", "Triplet(0.5f)"];

    /// <summary>A loss; its arguments that depend on the output are not there yet.</summary>
    public static string Draw(Random random) => random.GetItems(random.Next(6) switch { 0 => OfEmbeddings, 1 or 2 => OfRows, _ => OfElements }, 1)[0];

    /// <summary>Whether a loss takes an output of this shape; none takes any.</summary>
    public static bool Fits(string loss, int[] shape) => EmbeddingsOf(loss) is { } count
        ? shape is [var width] && width % count == 0
        : !OfRows.Contains(loss) || (shape[^1] > 1 && shape.Length <= 2);

    /// <summary>The width of a row that a loss takes.</summary>
    public static int Width(string loss, Random random) => EmbeddingsOf(loss) is { } count ? count * (1 + random.Next(20 / count)) : 2 + random.Next(20);

    /// <summary>The loss with arguments that fit an output: labels that are smoothed, a weight for each class, weights of yes.</summary>
    public static string With(string loss, int[] shape, Random random)
    {
        List<string> arguments = loss.Split('(') is [_, var given] ? [given[..^1]] : [];
        if (loss == "SoftmaxCrossEntropy" && random.Next(3) == 0)
        {
            arguments.Add("LabelSmoothing = 0.1f");
        }
        if (loss.StartsWith("Softmax", StringComparison.Ordinal) && random.Next(3) == 0)
        {
            arguments.Add($"ClassWeights = {Weights(shape[^1], random)}");
        }
        if (loss == "SigmoidCrossEntropy" && random.Next(2) == 0)
        {
            // Of an image the last axis is its width, so only a number for all fits.
            arguments.Add($"PositiveWeights = {Weights(shape.Length > 2 || random.Next(3) == 0 ? 1 : shape[^1], random)}");
        }
        return arguments.Count == 0 ? loss : $"{loss.Split('(')[0]}({string.Join(", ", arguments)})";
    }

    /// <summary>How many embeddings lie side by side; null for losses of something else.</summary>
    private static int? EmbeddingsOf(string loss) => loss.Split('(')[0] switch { "Contrastive" => 2, "Triplet" => 3, _ => null };

    private static string Weights(int count, Random random)
    {
        IEnumerable<string> weights = Enumerable.Range(0, count).Select(_ => (0.5 + random.NextDouble()).ToString("0.##", CultureInfo.InvariantCulture) + "f");
        return $"new[] {{ {string.Join(", ", weights)} }}";
    }
}
