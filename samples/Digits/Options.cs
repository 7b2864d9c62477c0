using System.Globalization;

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
        HashSet<string> seen = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--seed" or "--seeds" or "--epochs" or "--data" or "--out"))
            {
                throw new FormatException($"unknown option '{name}'; {Usage}");
            }
            if (!seen.Add(name))
            {
                throw new FormatException($"{name} is given twice; {Usage}");
            }
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{name} needs a value; {Usage}");
            options = name switch
            {
                "--seed" => options with { Seed = Number(name, value, 0) },
                "--seeds" => options with { Seeds = Number(name, value, 1) },
                "--epochs" => options with { Epochs = Number(name, value, 1) },
                "--data" => options with { Data = File.Exists(value) ? value : throw new FormatException($"--data: there is no file '{value}'") },
                _ => options with { Out = Writable(value) },
            };
        }
        if (options.Seeds > 0 && (seen.Contains("--seed") || seen.Contains("--out")))
        {
            throw new FormatException("--seeds trains with the seeds 1 to n and saves nothing; leave out --seed and --out");
        }
        return options;
    }

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{name} expects a whole number of at least {least}, got '{value}'");

    private static string Writable(string path) =>
        path.Length > 0 && !Directory.Exists(path) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))
            ? path
            : throw new FormatException($"--out expects a file in an existing folder, got '{path}'");
}
