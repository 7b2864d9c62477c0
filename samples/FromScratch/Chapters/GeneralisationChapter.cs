using NetGen;
using NetGen.Training;

namespace FromScratch;

[Network, Input(1), Dense(3), Tanh, Dense(1), MeanSquaredError]
public sealed partial class SmallCurve;

[Network, Input(1), Dense(100), Tanh, Dense(100), Tanh, Dense(1), MeanSquaredError]
public sealed partial class LargeCurve;

internal static class GeneralisationChapter
{
    public static void Run(TextWriter output)
    {
        (float[] x, float[] y) = Points(count: 16, seed: 1);
        (float[] otherX, float[] otherY) = Points(count: 200, seed: 2);

        output.WriteLine("mean squared error     parameters  16 points learned  200 others");
        Print("3 hidden units", new SmallCurve(seed: 1), steps: 2000);
        Print("100 + 100, 10 steps", new LargeCurve(seed: 1), steps: 10);
        Print("100 + 100, 100 steps", new LargeCurve(seed: 1), steps: 100);
        Print("100 + 100, 1000 steps", new LargeCurve(seed: 1), steps: 1000);
        Print("100 + 100, 10000 steps", new LargeCurve(seed: 1), steps: 10_000, "0.0");   // of so long a training the next digit depends on the processor
        output.WriteLine();

        // Metrics of 12 decisions: 1 is ill, 0 is well.
        int[] actual = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
        int[] decided = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0];
        ClassificationReport report = ClassificationReport.FromPredictions(actual, decided, ["well", "ill"]);
        output.WriteLine($"accuracy  {Text.Of(report.Accuracy)}   right among all");
        output.WriteLine($"precision {Text.Of(report.Classes[1].Precision)}   ill among those called ill");
        output.WriteLine($"recall    {Text.Of(report.Classes[1].Recall)}   called ill among the ill");
        output.WriteLine($"F1        {Text.Of(report.Classes[1].F1)}   their harmonic mean");

        void Print(string name, ITrainable net, int steps, string format = "0.00")
        {
            Adam adam = new(learningRate: 0.003f);
            Batch learned = new() { Count = x.Length, Inputs = x, Targets = y };
            for (int step = 0; step < steps; step++)
            {
                net.TrainStep(learned, adam);
            }
            float others = net.Evaluate(new Batch { Count = otherX.Length, Inputs = otherX, Targets = otherY }, new float[otherX.Length]);
            output.WriteLine($"{name,-23}{net.Info.ParameterCount,10}{Text.Of(net.Evaluate(learned, new float[x.Length]), format),19}{Text.Of(others, format),12}");
        }
    }

    /// <summary>Points of a curve, each moved up or down by chance.</summary>
    private static (float[] X, float[] Y) Points(int count, int seed)
    {
        Random random = new(seed);
        float[] x = [.. Enumerable.Range(0, count).Select(_ => (float)(4 * random.NextDouble() - 2))];
        return (x, [.. x.Select(at => MathF.Sin(at) + 0.6f * (float)(2 * random.NextDouble() - 1))]);
    }
}
