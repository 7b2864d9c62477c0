using System.Runtime.InteropServices;
using NetGen;
using NetGen.Training;

Options options;
Dataset digits;
try
{
    options = Options.Parse(args);
    digits = Dataset.FromCsv(options.Data, label: "digit");
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
    return options.Seeds > 0 ? RunSeeds() : RunOnce();
}
catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int RunOnce()
{
    Console.WriteLine(DigitNet.Summary());
    (DigitNet net, Dataset test) = Train(options.Seed, ConsoleProgress.Auto);

    // The only look at the test part.
    ClassificationReport report = ClassificationReport.Evaluate(net, test);
    Console.WriteLine(report);

    net.Save(options.Out);
    DigitNet reloaded = new();
    reloaded.Load(options.Out);
    if (!MemoryMarshal.AsBytes(Predict(net, test)).SequenceEqual(MemoryMarshal.AsBytes(Predict(reloaded, test))))
    {
        Console.Error.WriteLine($"{options.Out}: the reloaded network predicts something else than the saved one");
        return 1;
    }
    Console.WriteLine($"saved {options.Out}; the reloaded network predicts the same bits");
    Console.WriteLine($"test accuracy {report.Accuracy:F3}  macro F1 {report.MacroAverage.F1:F3}");
    return 0;
}

// How good the network is, whatever the luck of one split.
int RunSeeds()
{
    List<double> accuracies = [], f1s = [];
    for (int seed = 1; seed <= options.Seeds; seed++)
    {
        (DigitNet net, Dataset test) = Train(seed, ConsoleProgress.None);
        ClassificationReport report = ClassificationReport.Evaluate(net, test);
        accuracies.Add(report.Accuracy);
        f1s.Add(report.MacroAverage.F1);
        Console.WriteLine($"seed {seed}  test accuracy {report.Accuracy:F3}  macro F1 {report.MacroAverage.F1:F3}");
    }
    Console.WriteLine($"accuracy mean {accuracies.Average():F4} min {accuracies.Min():F4}  macro F1 mean {f1s.Average():F4} min {f1s.Min():F4}");
    return 0;
}

(DigitNet Net, Dataset Test) Train(int seed, ConsoleProgress progress)
{
    var (train, validation, test) = digits.Split(0.7, 0.1, 0.2, seed);
    DigitNet net = new(seed);
    const float learningRate = 2e-3f;
    Adam adam = new(learningRate);
    Trainer<DigitNet> trainer = new(net, adam) { Epochs = options.Epochs, BatchSize = 32, Seed = seed };
    // Smaller and smaller steps: the noise of the last batches is not what is kept.
    trainer.Callbacks.Add((in result, _) => adam.LearningRate = learningRate * (1 - (float)result.Epoch / options.Epochs));
    trainer.Fit(train, validation, progress: progress);
    return (net, test);
}

static Span<float> Predict(DigitNet net, Dataset data)
{
    float[] probabilities = new float[data.Count * DigitNet.OutputSize];
    net.Predict(data.Features, probabilities);
    return probabilities;
}
