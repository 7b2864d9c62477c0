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
        "Huber" => Math.Abs(x - t) <= loss.Parameter!.Value ? (x - t) * (x - t) / 2 : loss.Parameter.Value * (Math.Abs(x - t) - (loss.Parameter.Value / 2)),
        string other => throw new NotSupportedException($"no definition of {other}; add one"),
    };

    public static double Derivative(ElementwiseLossFunction loss, double x, double t) => loss.Name switch
    {
        "SquaredError" => 2 * (x - t),
        "AbsoluteError" => Math.Sign(x - t),
        "SigmoidCrossEntropy" => ReferenceActivations.Sigmoid(x) - t,
        "Huber" => Math.Clamp(x - t, -loss.Parameter!.Value, loss.Parameter.Value),
        string other => throw new NotSupportedException($"no derivative of {other}; add one"),
    };
}
