using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    private const string Usage = "usage: Forecast [--epochs n] [--threshold x] [--seed n] [--data series.csv] [--out folder]";

    /// <summary>Passes over the years to learn from.</summary>
    public int Epochs { get; private init; } = 60;

    /// <summary>A ratio of the network's error to the better simple forecast's above which the program fails; null for none.</summary>
    public double? Threshold { get; private init; }

    /// <summary>Decides the first weights, the order of the batches and what dropout drops.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>The series; by default the file that is copied next to the program.</summary>
    public string Data { get; private init; } = Path.Combine(AppContext.BaseDirectory, "sunspots.csv");

    /// <summary>The folder for the trained network and the chart; made if it is not there.</summary>
    public string Out { get; private init; } = ".";

    /// <exception cref="FormatException">An option is unknown or its value is not usable; the message says why in one line.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        Options options = new();
        HashSet<string> seen = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--epochs" or "--threshold" or "--seed" or "--data" or "--out"))
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
                "--epochs" => options with { Epochs = Whole(name, value, 1) },
                "--threshold" => options with { Threshold = Number(name, value) },
                "--seed" => options with { Seed = Whole(name, value, 0) },
                "--data" => options with { Data = File.Exists(value) ? value : throw new FormatException($"--data: there is no file '{value}'") },
                _ => options with { Out = value.Length > 0 ? value : throw new FormatException("--out expects a folder, got ''") },
            };
        }
        return options;
    }

    private static int Whole(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{name} expects a whole number of at least {least}, got '{value}'");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new FormatException($"{name} expects a number of at least 0, got '{value}'");
}
