using NetGen;
using NetGen.Training;

namespace FromScratch;

/// <summary>Four numbers to three classes.</summary>
[Network, Input(4), Dense(16), ReLU, Dense(16), ReLU, Dense(3), SoftmaxCrossEntropy]
public sealed partial class Suspect;

internal static class DebuggingChapter
{
    public static void Run(TextWriter output)
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, 6 * 4).Select(_ => (float)(2 * random.NextDouble() - 1))];
        int[] classes = [0, 1, 2, 0, 1, 2];

        Suspect net = new(seed: 1);
        Fill(net, "dense3.weight", 0);
        output.WriteLine($"before it has learned anything: {Text.Of(net.Forward(inputs, classes))}, and log 3 is {Text.Of(Math.Log(3))}");

        net = new Suspect(seed: 1);
        Adam adam = new(learningRate: 0.01f);
        for (int step = 0; step < 500; step++)
        {
            net.TrainStep(inputs, classes, adam);
        }
        output.WriteLine($"six samples, learned by heart: {Text.Of(net.Forward(inputs, classes), "0.00")}");
        output.WriteLine();

        Batch batch = new() { Count = 6, Inputs = inputs, Classes = classes };
        foreach (LayerGradients layer in GradientCheck.Run(new Suspect(seed: 1), batch).Layers)
        {
            output.WriteLine($"gradient check of {layer.Layer}: {layer.Verdict.ToString().ToLowerInvariant()}");
        }
        output.WriteLine();

        net = new Suspect(seed: 1);
        Fill(net, "dense2.weight", 3e38f);
        output.WriteLine(NumericGuard.Find(net, batch));
    }

    private static void Fill(INetwork net, string name, float value)
    {
        TensorInfo parameter = net.Info.Parameters.Single(parameter => parameter.Name == name);
        net.Parameters.Slice(parameter.Offset, parameter.Length).Fill(value);
    }
}
