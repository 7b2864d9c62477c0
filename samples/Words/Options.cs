using System.Globalization;

/// <summary>What the command line asks for.</summary>
/// <param name="Program">The sample's name.</param>
/// <param name="Seconds">How long to train.</param>
/// <param name="Threshold">A ratio or perplexity above which the program fails; null for none.</param>
internal sealed record Options(string Program, int Seconds, double? Threshold)
{
    /// <summary>Decides which words are not learned from, the first weights, the order of the batches and what is drawn.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>The words; by default the file that is copied next to the program.</summary>
    public string Data { get; private init; } = Path.Combine(AppContext.BaseDirectory, "words.txt");

    /// <summary>The folder for the trained network and its vocabulary; made if it is not there.</summary>
    public string Out { get; private init; } = ".";

    private string Usage => $"usage: {Program} [--seconds n] [--threshold x] [--seed n] [--data words.txt] [--out folder]";

    /// <param name="args">The command line.</param>
    /// <param name="program">The sample's name.</param>
    /// <param name="seconds">How long to train by default.</param>
    /// <exception cref="FormatException">An option is unknown or its value is not usable; the message says why in one line.</exception>
    public static Options Parse(ReadOnlySpan<string> args, string program, int seconds)
    {
        Options options = new(program, seconds, null);
        HashSet<string> seen = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--seconds" or "--threshold" or "--seed" or "--data" or "--out"))
            {
                throw new FormatException($"unknown option '{name}'; {options.Usage}");
            }
            if (!seen.Add(name))
            {
                throw new FormatException($"{name} is given twice; {options.Usage}");
            }
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{name} needs a value; {options.Usage}");
            options = name switch
            {
                "--seconds" => options with { Seconds = Whole(name, value, 1) },
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
