using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Training;

Stopwatch clock = Stopwatch.StartNew();
Options options;
WordList words;
try
{
    options = Options.Parse(args, "Names", seconds: 120);
    Directory.CreateDirectory(options.Out);
    words = WordList.Read(options.Data, options.Seed);
}
catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
    return Run();
}
catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Run()
{
    Console.WriteLine(NameNet.Summary());
    Console.WriteLine($"{words.Train.Length} words to learn from, {words.Validation.Length} to validate with");
    NameNet net = new(options.Seed);
    Trainer<NameNet> trainer = new(net, new Adam(learningRate: 5e-3f))
    {
        // More than there is time for.
        Epochs = 1000,
        BatchSize = 32,
        Seed = options.Seed,
        TimeLimit = TimeSpan.FromSeconds(options.Seconds),
        // Large steps first, then smaller and smaller ones: the noise of the last batches is not what is kept.
        Schedule = new Warmup(0.05, new CosineDecay()),
    };
    trainer.Callbacks.Add(Show.Epoch(net, words, options.Seed));
    TrainingHistory history = trainer.Fit(words.Lines(words.Train, NameNet.InputSize), words.Lines(words.Validation, NameNet.InputSize), ConsoleProgress.Auto);

    net.Save(Path.Combine(options.Out, "names.safetensors"));
    words.Characters.Save(Path.Combine(options.Out, "names.characters.txt"));
    Show.Type(net, words, 20, options.Seed);

    double loss = history[^1].ValidationLoss!.Value;
    double perplexity = Perplexity.FromLoss(loss);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"validation loss {loss:F4}  perplexity {perplexity:F3}  new words {Show.NewWords(net, words, 1000, options.Seed):F3}  "
        + $"parameters {NameNet.ParameterCount}  seconds {clock.Elapsed.TotalSeconds:F0}"));
    if (perplexity > options.Threshold)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"expected a perplexity of at most {options.Threshold}"));
        return 1;
    }
    return 0;
}
