using NetGen;

namespace FromScratch;

/// <summary>One neuron.</summary>
[Network(Unroll = Unroll.Never), Input(2), Dense(1), Sigmoid]
public sealed partial class Neuron;

/// <summary>Three neurons that see the same two numbers.</summary>
[Network(Unroll = Unroll.Never), Input(2), Dense(3), Sigmoid]
public sealed partial class NeuronLayer;

internal static class NeuronChapter
{
    public static void Run(TextWriter output)
    {
        float[] x = [2, 1];
        float[] w = [0.5f, -1];
        float b = 0.25f;
        float sum = w[0] * x[0] + w[1] * x[1] + b;
        output.WriteLine($"sum     0.5 * 2 + -1 * 1 + 0.25 = {Text.Of(sum)}");
        output.WriteLine($"output  1 / (1 + e^-{Text.Of(sum)}) = {Text.Of(1 / (1 + Math.Exp(-sum)))}");

        Neuron neuron = new();
        neuron.Import("dense1.weight", w);
        neuron.Import("dense1.bias", [b]);
        float[] y = new float[1];
        neuron.Predict(x, y);
        output.WriteLine($"Neuron  {Text.Of(y[0])}");
        output.WriteLine();

        NeuronLayer layer = new();
        layer.Import("dense1.weight", [0.5f, -1, 1, 1, -0.5f, 0]);   // a row for each neuron
        layer.Import("dense1.bias", [0.25f, -2, 0]);
        float[] two = new float[6];
        layer.Predict([2, 1, 0, 0], two);
        output.WriteLine($"(2, 1) {Text.Row(two[..3])}");
        output.WriteLine($"(0, 0) {Text.Row(two[3..])}");
        output.WriteLine($"parameters: {NeuronLayer.ParameterCount}");
    }
}
