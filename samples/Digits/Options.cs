/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = "usage: Digits [--seed n | --seeds n] [--epochs n] [--data file.csv] [--out file.safetensors]";

    /// <summary>Decides the split, the first weights, the order of the batches and what dropout drops.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>Train with each of the seeds 1 to this one and print the mean and the worst; 0 to train once with <see cref="Seed"/>.</summary>
    public int Seeds { get; private init; }

    /// <summary>Passes over the training part.</summary>
    public int Epochs { get; private init; } = 60;

    /// <summary>The digits; by default the file that is copied next to the program.</summary>
    public string Data { get; private init; } = Path.Combine(AppContext.BaseDirectory, "digits.csv");

    /// <summary>Where the trained network is saved.</summary>
    public string Out { get; private init; } = "digits.safetensors";

    /// <exception cref="FormatException">An option is unknown or its value is not usable; the message says why in one line.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        Options options = new();
        IReadOnlyDictionary<string, string> given = CommandLine.Read(args, Usage, "--seed", "--seeds", "--epochs", "--data", "--out");
        foreach ((string name, string value) in given)
        {
            options = name switch
            {
                "--seed" => options with { Seed = CommandLine.Whole(name, value, 0) },
                "--seeds" => options with { Seeds = CommandLine.Whole(name, value, 1) },
                "--epochs" => options with { Epochs = CommandLine.Whole(name, value, 1) },
                "--data" => options with { Data = CommandLine.ExistingFile(name, value) },
                _ => options with { Out = CommandLine.NewFile(name, value) },
            };
        }
        if (options.Seeds > 0 && (given.ContainsKey("--seed") || given.ContainsKey("--out")))
        {
            throw new FormatException("--seeds trains with the seeds 1 to n and saves nothing; leave out --seed and --out");
        }
        return options;
    }
}
