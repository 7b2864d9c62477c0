using System.Diagnostics;
using NetGen;
using NetGen.Training;

Stopwatch clock = Stopwatch.StartNew();
Options options;
Dataset train, validation, test;
try
{
    options = Options.Parse(args);
    Directory.CreateDirectory(options.Out);
    (Dataset all, test) = FashionData.Read(options.Data);
    (train, validation) = all.Split(29.0 / 30, 1.0 / 30, options.Seed);
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
    return options.Net == "lenet"
        ? Run(new LeNet(options.Seed), new Adam(learningRate: 2e-3f))
        : Run(new FashionNet(options.Seed), new SGD(learningRate: 0.1f) { Momentum = 0.9f, Nesterov = true, Groups = [new("*") { WeightDecay = 5e-4f }] });   // norms and biases too
}
catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Run<TNetwork>(TNetwork net, Optimizer optimizer)
    where TNetwork : ITrainable
{
    Console.WriteLine(net.Info.Summary());
    new Trainer<TNetwork>(net, optimizer)
    {
        Epochs = options.Epochs,
        BatchSize = 128,
        // A last batch of a few images would have a mean and a variance of its own.
        DropLast = true,
        Seed = options.Seed,
        TimeLimit = options.Seconds > 0 ? TimeSpan.FromSeconds(options.Seconds) : null,
        // Clothes look alike from both sides, and are not always in the middle.
        Augmentation = new ImageAugmentation { Shift = 1, Flip = true },
        // Large steps first, then smaller and smaller ones: the noise of the last batches is not what is kept.
        Schedule = new Warmup(0.2, new CosineDecay()),
    }.Fit(train, validation, ConsoleProgress.Auto);

    // The only look at the test part.
    ClassificationReport report = ClassificationReport.Evaluate(net, test);
    Console.WriteLine(report);

    string model = Path.Combine(options.Out, "fashion.safetensors");
    string sheet = Path.Combine(options.Out, "mistakes.svg");
    net.Save(model);
    ContactSheet.OfMistakes(net, test).Save(sheet);
    Console.WriteLine($"saved the network as {model} and what it got wrong as {sheet}");
    Console.WriteLine(FormattableString.Invariant(
        $"test accuracy {report.Accuracy:F4}  parameters {net.Info.ParameterCount}  seconds {clock.Elapsed.TotalSeconds:F0}"));
    if (report.Accuracy < options.Threshold)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"expected a test accuracy of at least {options.Threshold}"));
        return 1;
    }
    return 0;
}
