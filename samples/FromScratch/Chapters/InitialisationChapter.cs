using NetGen;

namespace FromScratch;

/// <summary>Deep enough to see what becomes of numbers on their way.</summary>
[Network, Input(64)]
[Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(64), Tanh, Dense(1)]
[MeanSquaredError]
public sealed partial class EightTanhs;

internal static class InitialisationChapter
{
    public static void Run(TextWriter output)
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, 100 * 64).Select(_ => (float)(2 * random.NextDouble() - 1))];
        float[] targets = new float[100];

        output.WriteLine("standard deviation of what tanh gives   layer 1   layer 4   layer 8   gradient of dense1");
        Print("weights of Glorot", 1);
        Print("a fifth of them", 0.2f);
        Print("five times them", 5);
        output.WriteLine();

        EightTanhs zeros = new();
        zeros.Parameters.Clear();
        zeros.Forward(inputs, [.. Enumerable.Repeat(1f, 100)]);
        zeros.Backward();
        output.WriteLine($"all weights 0: {EightTanhs.Info.Parameters.Count(parameter => Norm(zeros.Gradients.Slice(parameter.Offset, parameter.Length)) > 0)} of "
            + $"{EightTanhs.Info.Parameters.Count} parameters have a gradient");

        void Print(string name, float scale)
        {
            EightTanhs net = new(seed: 1);
            foreach (ref float parameter in net.Parameters)
            {
                parameter *= scale;
            }
            net.Forward(inputs, targets);
            Dictionary<string, float> deviations = [];
            ((IKeepsActivations)net).ReadActivations((layer, values) => deviations[layer] = Deviation(values));
            net.Backward();
            float gradient = Norm(Text.Gradient(net, "dense1.weight"));
            string columns = string.Concat(new[] { "tanh1", "tanh4", "tanh8" }.Select(layer => Digits(deviations[layer]).PadLeft(10)));
            output.WriteLine($"{name,-37}{columns}{Digits(gradient),21}");
        }
    }

    private static float Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }
        return (float)Math.Sqrt(squares / values.Length - sum / values.Length * sum / values.Length);
    }

    private static float Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }
        return (float)Math.Sqrt(squares);
    }

    private static string Digits(float value) => Text.Of(value, value >= 100 ? "0" : value >= 0.01f ? "0.00" : "0.0E+0");
}
