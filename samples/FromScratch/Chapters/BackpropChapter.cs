using NetGen;

namespace FromScratch;

/// <summary>Two numbers, two hidden units, one number. Never unrolled, so that the generated file has one call an operation.</summary>
[Network(Unroll = Unroll.Never), Input(2), Dense(2), Tanh, Dense(1), MeanSquaredError]
public sealed partial class TwoTwoOne;

internal static class BackpropChapter
{
    public static void Run(TextWriter output)
    {
        // The network, and one sample.
        double[] x = [1, 0.5];
        double[,] w1 = { { 0.5, -1 }, { 0.25, 1 } };   // a row for each hidden unit
        double[] b1 = [0.25, -0.25];
        double[] w2 = [1, -2];
        double b2 = 0.5;
        double target = 1;

        // Forward.
        double[] z = [w1[0, 0] * x[0] + w1[0, 1] * x[1] + b1[0], w1[1, 0] * x[0] + w1[1, 1] * x[1] + b1[1]];
        double[] h = [Math.Tanh(z[0]), Math.Tanh(z[1])];
        double y = w2[0] * h[0] + w2[1] * h[1] + b2;
        double loss = (y - target) * (y - target);
        output.WriteLine($"z = {Text.Of(z[0])}, {Text.Of(z[1])}");
        output.WriteLine($"h = {Text.Of(h[0])}, {Text.Of(h[1])}");
        output.WriteLine($"y = {Text.Of(y)}");
        output.WriteLine($"L = {Text.Of(loss)}");
        output.WriteLine();

        // Backward: the same steps from the last to the first.
        double dy = 2 * (y - target);
        double[] dw2 = [dy * h[0], dy * h[1]];
        double[] dh = [dy * w2[0], dy * w2[1]];
        double[] dz = [dh[0] * (1 - h[0] * h[0]), dh[1] * (1 - h[1] * h[1])];
        double[] dw1 = [dz[0] * x[0], dz[0] * x[1], dz[1] * x[0], dz[1] * x[1]];
        output.WriteLine($"dL/dy = {Text.Of(dy)}");
        output.WriteLine($"dL/dh = {Text.Of(dh[0])}, {Text.Of(dh[1])}");
        output.WriteLine($"dL/dz = {Text.Of(dz[0])}, {Text.Of(dz[1])}");
        output.WriteLine();

        // The generated code.
        TwoTwoOne net = new();
        net.Import("dense1.weight", [0.5f, -1, 0.25f, 1]);
        net.Import("dense1.bias", [0.25f, -0.25f]);
        net.Import("dense2.weight", [1, -2]);
        net.Import("dense2.bias", [0.5f]);
        float generatedLoss = net.Forward([1, 0.5f], [1f]);
        net.Backward();
        output.WriteLine("                 by hand                             generated");
        Compare("loss", [loss], [generatedLoss]);
        Compare("dense1.weight", dw1, Text.Gradient(net, "dense1.weight"));
        Compare("dense1.bias", dz, Text.Gradient(net, "dense1.bias"));
        Compare("dense2.weight", dw2, Text.Gradient(net, "dense2.weight"));
        Compare("dense2.bias", [dy], Text.Gradient(net, "dense2.bias"));
        output.WriteLine();

        new SGD(learningRate: 0.02f).Step(net);
        output.WriteLine($"loss before a step {Text.Of(generatedLoss)}, after it {Text.Of(net.Forward([1, 0.5f], [1f]))}");

        void Compare(string name, double[] hand, float[] generated) =>
            output.WriteLine($"{name,-14}{Text.Row(hand.Select(number => (float)number)).PadRight(36)}{Text.Row(generated)}");
    }
}
