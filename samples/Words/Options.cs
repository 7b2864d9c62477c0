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
        foreach ((string name, string value) in CommandLine.Read(args, options.Usage, "--seconds", "--threshold", "--seed", "--data", "--out"))
        {
            options = name switch
            {
                "--seconds" => options with { Seconds = CommandLine.Whole(name, value, 1) },
                "--threshold" => options with { Threshold = CommandLine.Number(name, value) },
                "--seed" => options with { Seed = CommandLine.Whole(name, value, 0) },
                "--data" => options with { Data = CommandLine.ExistingFile(name, value) },
                _ => options with { Out = CommandLine.Folder(name, value) },
            };
        }
        return options;
    }
}
