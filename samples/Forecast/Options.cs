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
        foreach ((string name, string value) in CommandLine.Read(args, Usage, "--epochs", "--threshold", "--seed", "--data", "--out"))
        {
            options = name switch
            {
                "--epochs" => options with { Epochs = CommandLine.Whole(name, value, 1) },
                "--threshold" => options with { Threshold = CommandLine.Number(name, value) },
                "--seed" => options with { Seed = CommandLine.Whole(name, value, 0) },
                "--data" => options with { Data = CommandLine.ExistingFile(name, value) },
                _ => options with { Out = CommandLine.Folder(name, value) },
            };
        }
        return options;
    }
}
