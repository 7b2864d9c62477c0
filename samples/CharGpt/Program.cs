using System.Diagnostics;
using System.Globalization;
using NetGen;
using NetGen.Training;

Stopwatch clock = Stopwatch.StartNew();
Options options;
WordList words;
try
{
    options = Options.Parse(args, "CharGpt", seconds: 270);
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
    Console.WriteLine(CharGpt.Summary());
    Console.WriteLine($"{words.Train.Length} words to learn from, {words.Validation.Length} to validate with");
    double baseline = new NGram(5, words.Characters.Count, words.Train.Select(words.Encode)).Loss(words.Validation.Select(words.Encode));
    Console.WriteLine(FormattableString.Invariant($"5-gram: validation loss {baseline:F4}  perplexity {Perplexity.FromLoss(baseline):F3}"));

    CharGpt net = new(options.Seed);
    Trainer<CharGpt> trainer = new(net, new AdamW(learningRate: 2e-3f) { Groups = [new("*") { WeightDecay = 0.1f }] })   // norms and biases too
    {
        // More than there is time for.
        Epochs = 1000,
        BatchSize = 16,
        Seed = options.Seed,
        TimeLimit = TimeSpan.FromSeconds(options.Seconds),
        // A transformer wants small steps at first; at the end the noise of the last batches is not what is kept.
        Schedule = new Warmup(0.05, new CosineDecay()),
    };
    trainer.Callbacks.Add(Show.Epoch(net, words, options.Seed));
    TrainingHistory history = trainer.Fit(words.Lines(words.Train, CharGpt.InputSize), words.Lines(words.Validation, CharGpt.InputSize), ConsoleProgress.Auto);

    net.Save(Path.Combine(options.Out, "chargpt.safetensors"));
    words.Characters.Save(Path.Combine(options.Out, "chargpt.characters.txt"));
    Show.Type(net, words, 20, options.Seed);

    double loss = history[^1].ValidationLoss!.Value;
    double ratio = loss / baseline;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"validation loss {loss:F4}  perplexity {Perplexity.FromLoss(loss):F3}  5-gram {baseline:F4}  ratio {ratio:F4}  "
        + $"new words {Show.NewWords(net, words, 1000, options.Seed):F3}  parameters {CharGpt.ParameterCount}  seconds {clock.Elapsed.TotalSeconds:F0}"));
    if (ratio > options.Threshold)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"expected a validation loss of at most {options.Threshold} times that of the 5-gram"));
        return 1;
    }
    return 0;
}
