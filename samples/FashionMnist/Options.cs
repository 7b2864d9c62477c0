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
        foreach ((string name, string value) in CommandLine.Read(args, Usage, "--net", "--epochs", "--seconds", "--threshold", "--seed", "--data", "--out"))
        {
            options = name switch
            {
                "--net" => options with { Net = CommandLine.OneOf(name, value, "small", "lenet") },
                "--epochs" => options with { Epochs = CommandLine.Whole(name, value, 1) },
                "--seconds" => options with { Seconds = CommandLine.Whole(name, value, 1) },
                "--threshold" => options with { Threshold = CommandLine.Share(name, value) },
                "--seed" => options with { Seed = CommandLine.Whole(name, value, 0) },
                "--data" => options with { Data = value },
                _ => options with { Out = CommandLine.Folder(name, value) },
            };
        }
        return options;
    }
}
