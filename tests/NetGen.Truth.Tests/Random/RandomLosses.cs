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
        "SigmoidCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Huber", "Huber(0.5f)", "SigmoidFocal", "SigmoidFocal(0.5f, 0.6f)", "Hinge", "Quantile(0.5f)", "Quantile(0.9f)", "Loss<LogCosh>",
    ];

    private static readonly string[] OfRows = ["SoftmaxCrossEntropy", "SoftmaxCrossEntropy", "SoftmaxCrossEntropy", "SoftmaxFocal", "SoftmaxFocal(0.5f)", "KLDivergence", "CosineDistance"];

    /// <summary>A loss; its arguments that depend on the output are not there yet.</summary>
    public static string Draw(Random random) => random.Next(5) < 2 ? random.GetItems(OfRows, 1)[0] : random.GetItems(OfElements, 1)[0];

    /// <summary>Whether a loss is of rows of at least two numbers.</summary>
    public static bool IsOfRows(string loss) => OfRows.Contains(loss);

    /// <summary>The loss with arguments that fit an output: labels that are smoothed, and a weight for each class.</summary>
    public static string With(string loss, int classes, Random random)
    {
        if (!loss.StartsWith("Softmax", StringComparison.Ordinal))
        {
            return loss;
        }
        List<string> arguments = loss.Split('(') is [_, var given] ? [given[..^1]] : [];
        if (loss == "SoftmaxCrossEntropy" && random.Next(3) == 0)
        {
            arguments.Add("LabelSmoothing = 0.1f");
        }
        if (random.Next(3) == 0)
        {
            string[] weights = [.. Enumerable.Range(0, classes).Select(_ => (0.5 + random.NextDouble()).ToString("0.##", CultureInfo.InvariantCulture) + "f")];
            arguments.Add($"ClassWeights = new[] {{ {string.Join(", ", weights)} }}");
        }
        return arguments.Count == 0 ? loss : $"{loss.Split('(')[0]}({string.Join(", ", arguments)})";
    }
}
