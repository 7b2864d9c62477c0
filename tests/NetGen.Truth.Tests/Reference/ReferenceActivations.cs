using NetGen.Compiler.Ops;

namespace NetGen.Truth;

/// <summary>The activations by their textbook definitions, in double precision.</summary>
internal static class ReferenceActivations
{
    public static double Value(Activation activation, double x) => activation.Function.Name switch
    {
        "ReLU" => Math.Max(x, 0),
        "LeakyReLU" => x > 0 ? x : activation.Value * x,
        "ELU" => x > 0 ? x : activation.Value * (Math.Exp(x) - 1),
        "GELU" => x * Phi(x),
        "SiLU" => x * Sigmoid(x),
        "Sigmoid" => Sigmoid(x),
        "Tanh" => Math.Tanh(x),
        "Softplus" => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        "HardSwish" => x * Math.Min(Math.Max(x + 3, 0), 6) / 6,
        string custom when custom.EndsWith(".Snake>", StringComparison.Ordinal) => x + (Math.Sin(x) * Math.Sin(x)),
        string custom when custom.EndsWith(".Cut>", StringComparison.Ordinal) => Math.Clamp(x, -1, 1),
        string other => throw new NotSupportedException($"no definition of {other}; add one"),
    };

    /// <summary>The derivative, from what the op saves: its output, or its input.</summary>
    public static double Derivative(Activation activation, double saved) => activation.Function.Name switch
    {
        "ReLU" => saved > 0 ? 1 : 0,
        "LeakyReLU" => saved > 0 ? 1 : activation.Value,
        "ELU" => saved > 0 ? 1 : saved + activation.Value,
        "GELU" => Phi(saved) + (saved * Math.Exp(-saved * saved / 2) / Math.Sqrt(2 * Math.PI)),
        "SiLU" => Sigmoid(saved) * (1 + (saved * (1 - Sigmoid(saved)))),
        "Sigmoid" => saved * (1 - saved),
        "Tanh" => 1 - (saved * saved),
        "Softplus" => 1 - Math.Exp(-saved),
        "HardSwish" => saved < -3 ? 0 : saved > 3 ? 1 : ((2 * saved) + 3) / 6,
        string custom when custom.EndsWith(".Snake>", StringComparison.Ordinal) => 1 + (2 * Math.Sin(saved) * Math.Cos(saved)),
        string custom when custom.EndsWith(".Cut>", StringComparison.Ordinal) => Math.Abs(saved) < 1 ? 1 : 0,
        string other => throw new NotSupportedException($"no derivative of {other}; add one"),
    };

    internal static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>The normal distribution function.</summary>
    private static double Phi(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;

    /// <summary><c>erf(x) = 2 / sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (2n+1)!!</c>: every term is of one sign, so nothing cancels.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}

/// <summary>The element-wise losses by their textbook definitions.</summary>
internal static class ReferenceLosses
{
    public static double Value(ElementwiseLossFunction loss, double x, double t) => loss.Name switch
    {
        "SquaredError" => (x - t) * (x - t),
        "AbsoluteError" => Math.Abs(x - t),
        "SigmoidCrossEntropy" => Math.Max(x, 0) - (x * t) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        "Huber" => Math.Abs(x - t) <= loss.Parameters[0] ? (x - t) * (x - t) / 2 : loss.Parameters[0] * (Math.Abs(x - t) - ((double)loss.Parameters[0] / 2)),
        "Hinge" => Math.Max(0, 1 - (t * x)),
        "Quantile" => x > t ? (1 - (double)loss.Parameters[0]) * (x - t) : (double)loss.Parameters[0] * (t - x),
        "SigmoidFocal" => FocalWeight(loss, t) * Math.Pow(Wrong(x, t), loss.Parameters[0]) * Value(ElementwiseLossFunction.SigmoidCrossEntropy, x, t),
        string custom when custom.EndsWith(".LogCosh>", StringComparison.Ordinal) => Math.Abs(x - t) + Math.Log((1 + Math.Exp(-2 * Math.Abs(x - t))) / 2),
        string other => throw new NotSupportedException($"no definition of {other}; add one"),
    };

    public static double Derivative(ElementwiseLossFunction loss, double x, double t) => loss.Name switch
    {
        "SquaredError" => 2 * (x - t),
        "AbsoluteError" => Math.Sign(x - t),
        "SigmoidCrossEntropy" => ReferenceActivations.Sigmoid(x) - t,
        "Huber" => Math.Clamp(x - t, -loss.Parameters[0], loss.Parameters[0]),
        "Hinge" => t * x < 1 ? -t : 0,
        "Quantile" => x > t ? 1 - (double)loss.Parameters[0] : x < t ? -(double)loss.Parameters[0] : 0,
        "SigmoidFocal" => FocalWeight(loss, t) * (
            (Math.Pow(Wrong(x, t), loss.Parameters[0]) * Derivative(ElementwiseLossFunction.SigmoidCrossEntropy, x, t))
            + (loss.Parameters[0] * Math.Pow(Wrong(x, t), loss.Parameters[0] - 1.0) * (1 - (2 * t)) * ReferenceActivations.Sigmoid(x) * ReferenceActivations.Sigmoid(-x)
                * Value(ElementwiseLossFunction.SigmoidCrossEntropy, x, t))),
        string custom when custom.EndsWith(".LogCosh>", StringComparison.Ordinal) => Math.Tanh(x - t),
        string other => throw new NotSupportedException($"no derivative of {other}; add one"),
    };

    private static double Wrong(double x, double t) => (t * ReferenceActivations.Sigmoid(-x)) + ((1 - t) * ReferenceActivations.Sigmoid(x));

    private static double FocalWeight(ElementwiseLossFunction loss, double t) => (loss.Parameters[1] * t) + ((1 - (double)loss.Parameters[1]) * (1 - t));
}

/// <summary>The losses of whole rows by their textbook definitions.</summary>
internal static class ReferenceRowLosses
{
    public static double Value(RowLossFunction loss, double[] x, double[] t)
    {
        double[] log = LogSoftmax(x);
        return loss.Name switch
        {
            "SoftmaxFocal" => -t.Select((target, j) => target * Math.Pow(1 - Math.Exp(log[j]), loss.Parameter!.Value) * log[j]).Sum(),
            "KLDivergence" => t.Select((target, j) => target == 0 ? 0 : target * (Math.Log(target) - log[j])).Sum(),
            "CosineDistance" => 1 - (Dot(x, t) / Length(x) / Length(t)),
            "PositiveWeightedCrossEntropy" => x.Select((value, j) => (Weight(loss, j) * t[j] * Softplus(-value)) + ((1 - t[j]) * Softplus(value))).Average(),
            "Contrastive" => (t[0] * Math.Pow(Distance(x, 0, 1, 2), 2)) + ((1 - t[0]) * Math.Pow(Math.Max(0, loss.Parameter!.Value - Distance(x, 0, 1, 2)), 2)),
            "Triplet" => Math.Max(0, Violation(loss, x)),
            string other => throw new NotSupportedException($"no definition of {other}; add one"),
        };
    }

    public static double[] Gradient(RowLossFunction loss, double[] x, double[] t)
    {
        double[] log = LogSoftmax(x);
        double[] p = [.. log.Select(Math.Exp)];
        switch (loss.Name)
        {
            case "SoftmaxFocal":
                double gamma = loss.Parameter!.Value;
                double[] d = [.. t.Select((target, j) => target * ((gamma * Math.Pow(1 - p[j], gamma - 1) * p[j] * log[j]) - Math.Pow(1 - p[j], gamma)))];
                return [.. d.Select((value, j) => value - (p[j] * d.Sum()))];
            case "KLDivergence":
                return [.. t.Select((target, j) => (t.Sum() * p[j]) - target)];
            case "CosineDistance":
                return [.. x.Select((value, j) => ((value * Dot(x, t) / Length(x) / Length(x)) - t[j]) / Length(x) / Length(t))];
            case "PositiveWeightedCrossEntropy":
                return [.. x.Select((value, j) => (((1 - t[j]) / (1 + Math.Exp(-value))) - (Weight(loss, j) * t[j] / (1 + Math.Exp(value)))) / x.Length)];
            case "Contrastive":
                double distance = Distance(x, 0, 1, 2);
                return [.. OfParts(x, 2, (0, 1, (2 * t[0] * distance) - (2 * (1 - t[0]) * Math.Max(0, loss.Parameter!.Value - distance))))];
            case "Triplet":
                return Value(loss, x, t) == 0 ? new double[x.Length] : [.. OfParts(x, 3, (0, 1, 1), (0, 2, -1))];
            default:
                throw new NotSupportedException($"no gradient of {loss.Name}; add one");
        }
    }

    /// <summary>By how much a triplet misses its margin: the loss of one that does, below 0 for one that keeps it.</summary>
    public static double Violation(RowLossFunction triplet, double[] x) => Distance(x, 0, 1, 3) - Distance(x, 0, 2, 3) + triplet.Parameter!.Value;

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Weight(RowLossFunction loss, int element) => loss.Weights[loss.Weights.Count == 1 ? 0 : element];

    /// <summary>Part a minus part b of the row, plus 1e-6.</summary>
    private static double[] Difference(double[] x, int a, int b, int parts)
    {
        double[][] embeddings = [.. x.Chunk(x.Length / parts)];
        return [.. embeddings[a].Zip(embeddings[b], (first, second) => first - second + (double)1e-6f)];
    }

    private static double Distance(double[] x, int a, int b, int parts) => Math.Sqrt(Difference(x, a, b, parts).Sum(value => value * value));

    /// <summary>The gradient by the row, of distances between its parts by which the loss has these derivatives.</summary>
    private static double[] OfParts(double[] x, int parts, params (int A, int B, double Derivative)[] distances)
    {
        int size = x.Length / parts;
        double[] gradient = new double[x.Length];
        foreach ((int a, int b, double derivative) in distances)
        {
            double[] direction = Difference(x, a, b, parts);
            for (int j = 0; j < size; j++)
            {
                double share = derivative * direction[j] / Distance(x, a, b, parts);
                gradient[(a * size) + j] += share;
                gradient[(b * size) + j] -= share;
            }
        }
        return gradient;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Length(double[] a) => Math.Sqrt(Dot(a, a) + 1e-12);

    private static double[] LogSoftmax(double[] x)
    {
        double largest = x.Max();
        double logSum = largest + Math.Log(x.Sum(value => Math.Exp(value - largest)));
        return [.. x.Select(value => value - logSum)];
    }
}
