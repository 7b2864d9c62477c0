using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = "usage: Tabular [--trials n] [--seeds n] [--data folder] [--out folder]";

    /// <summary>Settings that each search tries.</summary>
    public int Trials { get; private init; } = 24;

    /// <summary>Networks that are trained for each fold, as many as scikit-learn's figures are means of.</summary>
    public int Seeds { get; private init; } = 5;

    /// <summary>Where wine.csv, breast_cancer.csv and diabetes.csv are; by default the folder that is copied next to the program.</summary>
    public string Data { get; private init; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Where networks, reports and results of searches go; made where it does not exist.</summary>
    public string Out { get; private init; } = "tabular";

    /// <exception cref="FormatException">An option is unknown or its value is not usable; the message says why in one line.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        Options options = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--trials" or "--seeds" or "--data" or "--out"))
            {
                throw new FormatException($"unknown option '{name}'; {Usage}");
            }
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{name} needs a value; {Usage}");
            options = name switch
            {
                "--trials" => options with { Trials = Number(name, value) },
                "--seeds" => options with { Seeds = Number(name, value) },
                "--data" => options with { Data = Directory.Exists(value) ? value : throw new FormatException($"--data: there is no folder '{value}'") },
                _ => options with { Out = value },
            };
        }
        return options;
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
            ? number
            : throw new FormatException($"{name} expects a whole number of at least 1, got '{value}'");
}
