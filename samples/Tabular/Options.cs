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
        foreach ((string name, string value) in CommandLine.Read(args, Usage, "--trials", "--seeds", "--data", "--out"))
        {
            options = name switch
            {
                "--trials" => options with { Trials = CommandLine.Whole(name, value, 1) },
                "--seeds" => options with { Seeds = CommandLine.Whole(name, value, 1) },
                "--data" => options with { Data = CommandLine.ExistingFolder(name, value) },
                _ => options with { Out = CommandLine.Folder(name, value) },
            };
        }
        return options;
    }
}
