using NetGen;
using NetGen.Training;

namespace FromScratch;

[Network, Input(2), Dense(8), ReLU, Dense(2), SoftmaxCrossEntropy]
public sealed partial class Rings8;

[Network, Input(2), Dense(2), ReLU, Dense(2), SoftmaxCrossEntropy]
public sealed partial class Rings2;

[Network, Input(2), Dense(32), ReLU, Dense(2), SoftmaxCrossEntropy]
public sealed partial class Rings32;

internal static class HyperparameterChapter
{
    public static void Run(TextWriter output)
    {
        (Dataset train, Dataset validation, _) = Rings().Split(0.6, 0.2, 0.2, seed: 1);

        output.WriteLine("learning rate  validation loss after 20 epochs");
        foreach (float rate in new[] { 0.001f, 0.01f, 0.1f, 1f })
        {
            output.WriteLine($"{rate,13}  {Loss(new Rings8(seed: 1), new SGD(rate) { Momentum = 0.9f }, 32),15}");
        }
        output.WriteLine();

        output.WriteLine("hidden units  validation loss");
        output.WriteLine($"{2,12}  {Loss(new Rings2(seed: 1), new SGD(0.1f) { Momentum = 0.9f }, 32),15}");
        output.WriteLine($"{8,12}  {Loss(new Rings8(seed: 1), new SGD(0.1f) { Momentum = 0.9f }, 32),15}");
        output.WriteLine($"{32,12}  {Loss(new Rings32(seed: 1), new SGD(0.1f) { Momentum = 0.9f }, 32),15}");
        output.WriteLine();

        output.WriteLine("batch size  steps  validation loss");
        foreach (int batch in new[] { 8, 32, 256 })
        {
            int steps = 20 * ((train.Count + batch - 1) / batch);
            output.WriteLine($"{batch,10}  {steps,5}  {Loss(new Rings8(seed: 1), new SGD(0.1f) { Momentum = 0.9f }, batch),15}");
        }

        string Loss<TNetwork>(TNetwork net, Optimizer optimizer, int batch) where TNetwork : ITrainable
        {
            Trainer<TNetwork> trainer = new(net, optimizer) { Epochs = 20, BatchSize = batch };
            return Text.Of(trainer.Fit(train, validation)[^1].ValidationLoss!.Value, "0.00");
        }
    }

    /// <summary>Points of a square; those in a ring around its centre are of class 1.</summary>
    private static Dataset Rings()
    {
        Random random = new(1);
        float[] features = [.. Enumerable.Range(0, 2 * 1000).Select(_ => (float)(2 * random.NextDouble() - 1))];
        int[] classes = [.. features.Chunk(2).Select(point => MathF.Sqrt(point[0] * point[0] + point[1] * point[1]) is > 0.35f and < 0.8f ? 1 : 0)];
        return Dataset.FromArrays(features, featureCount: 2, classes);
    }
}
