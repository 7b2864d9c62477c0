using NetGen;
using NetGen.Training;

// Points of a square; those in the ring around its centre are class 1. Replace them with your own: Dataset.FromCsv("data.csv", label: "class").
Random random = new(1);
float[] features = [.. Enumerable.Range(0, 2 * 1000).Select(_ => 2 * random.NextSingle() - 1)];
int[] classes = [.. features.Chunk(2).Select(point => MathF.Sqrt(point[0] * point[0] + point[1] * point[1]) is > 0.35f and < 0.8f ? 1 : 0)];
var (train, validation, test) = Dataset.FromArrays(features, featureCount: 2, classes, ["outside", "ring"]).Split(0.7, 0.1, 0.2, seed: 1);

RingNet net = new(seed: 1);
Trainer<RingNet> trainer = new(net, new Adam(learningRate: 1e-2f)) { Epochs = 40, BatchSize = 32 };
trainer.Fit(train, validation, progress: ConsoleProgress.Auto);

Console.WriteLine(RingNet.Summary());
Console.WriteLine(ClassificationReport.Evaluate(net, test));
net.Save("ring.safetensors");

Span<float> probabilities = stackalloc float[RingNet.OutputSize];
net.Predict([0.5f, 0.1f], probabilities);
Console.WriteLine($"(0.5, 0.1) lies in the ring with probability {probabilities[1]:F2}");
