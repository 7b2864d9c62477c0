using NetGen;

namespace FromScratch;

/// <summary>A line through points: two weights and no bias, so that the loss is a bowl over a plane.</summary>
[Network, Input(2), Dense(1, Bias = false), MeanSquaredError]
public sealed partial class Bowl;

internal static class DescentChapter
{
    // The second feature is small, so the bowl is a long valley: steep across, flat along. The best weights are 1 and 4.
    private static readonly float[] Inputs = [1, 0.2f, -1, 0.2f, 1, -0.2f, -1, -0.2f];
    private static readonly float[] Targets = [1.8f, -0.2f, 0.2f, -1.8f];

    public static void Run(TextWriter output)
    {
        Bowl net = new();
        SGD descent = new(learningRate: 0.5f);
        output.WriteLine("step    w1      w2    loss");
        net.Import("dense1.weight", [-1, 0]);
        for (int step = 0; step <= 4; step++)
        {
            float[] w = Text.Parameter(net, "dense1.weight");
            float loss = net.TrainStep(Inputs, Targets, descent);
            output.WriteLine($"{step,4}{Text.Row([w[0], w[1], loss])}");
        }
        output.WriteLine();

        output.WriteLine("loss after steps        1      10     100");
        Print("SGD, rate 0.5", () => new SGD(0.5f));
        Print("SGD, rate 1.1", () => new SGD(1.1f));
        Print("momentum 0.9", () => new SGD(0.1f) { Momentum = 0.9f });
        Print("Nesterov 0.9", () => new SGD(0.1f) { Momentum = 0.9f, Nesterov = true });
        Print("RMSProp", () => new RMSProp(0.1f));
        Print("Adam", () => new Adam(0.3f));

        void Print(string name, Func<Optimizer> create)
        {
            string losses = string.Concat(new[] { 1, 10, 100 }.Select(steps => LossAfter(steps, create())).Select(Show));
            output.WriteLine($"{name,-17}{losses}");
        }

        static string Show(float loss) => (loss > 99 ? ">99" : Text.Of(loss)).PadLeft(8);
    }

    private static float LossAfter(int steps, Optimizer optimizer)
    {
        Bowl net = new();
        net.Import("dense1.weight", [-1, 0]);
        for (int step = 0; step < steps; step++)
        {
            net.TrainStep(Inputs, Targets, optimizer);
        }
        return net.Forward(Inputs, Targets);
    }
}
