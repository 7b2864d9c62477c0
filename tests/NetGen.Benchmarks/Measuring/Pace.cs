namespace NetGen.Benchmarks.Measuring;

/// <summary>How long a comparison takes.</summary>
/// <param name="Rounds">In each, every contender has one turn. Results are medians over the rounds.</param>
/// <param name="TurnSeconds">How long a turn lasts, about.</param>
/// <param name="WarmSeconds">How long each contender runs before the first round.</param>
internal sealed record Pace(int Rounds, double TurnSeconds, double WarmSeconds)
{
    /// <summary>What the targets are judged by.</summary>
    public static Pace Thorough { get; } = new(15, 0.02, 0.4);

    /// <summary>For a first look: the whole table in under two minutes.</summary>
    public static Pace Quick { get; } = new(5, 0.004, 0.15);

    /// <summary>Before each turn, so that the last contender's threads have stopped spinning: most libraries spin for some milliseconds.</summary>
    /// <param name="threads">The most that a contender uses.</param>
    public static void Rest(int threads) => Thread.Sleep(threads > 1 ? 40 : 3);
}
