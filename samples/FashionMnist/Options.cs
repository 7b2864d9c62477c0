using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage =
        "usage: FashionMnist [--net small|lenet] [--epochs n] [--seconds n] [--threshold accuracy] [--seed n] [--data folder] [--out folder]";

    /// <summary>Which network to train.</summary>
    public string Net { get; private init; } = "small";

    /// <summary>Passes over the training part.</summary>
    public int Epochs { get; private init; } = 14;

    /// <summary>When to end training though epochs are left; 0 for never.</summary>
    public int Seconds { get; private init; }

    /// <summary>The test accuracy below which the program fails.</summary>
    public double Threshold { get; private init; }

    /// <summary>Decides the first weights, the order of the batches and how images are shifted and mirrored.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>The folder with the four files of the data set.</summary>
    public string Data { get; private init; } = FashionData.DefaultFolder;

    /// <summary>The folder for the trained network and the sheet of mistakes; made if it is not there.</summary>
    public string Out { get; private init; } = ".";

    /// <exception cref="FormatException">An option is unknown or its value is not usable; the message says why in one line.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        Options options = new();
        HashSet<string> seen = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--net" or "--epochs" or "--seconds" or "--threshold" or "--seed" or "--data" or "--out"))
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
                "--net" => options with { Net = OneOf(name, value, "small", "lenet") },
                "--epochs" => options with { Epochs = Number(name, value, 1) },
                "--seconds" => options with { Seconds = Number(name, value, 1) },
                "--threshold" => options with { Threshold = Share(name, value) },
                "--seed" => options with { Seed = Number(name, value, 0) },
                "--data" => options with { Data = value },
                _ => options with { Out = value.Length > 0 ? value : throw new FormatException("--out expects a folder, got ''") },
            };
        }
        return options;
    }

    private static string OneOf(string name, string value, params string[] names) =>
        names.Contains(value) ? value : throw new FormatException($"{name} expects {string.Join(" or ", names)}, got '{value}'");

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{name} expects a whole number of at least {least}, got '{value}'");

    private static double Share(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1
            ? number
            : throw new FormatException($"{name} expects a number from 0 to 1, got '{value}'");
}
