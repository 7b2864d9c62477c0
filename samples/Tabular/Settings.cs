using NetGen;
using NetGen.Training;

/// <summary>What the search decides.</summary>
internal sealed record Settings(int Network, float Rate, float Decay, int Epochs)
{
    private const int BatchSize = 16, InnerFolds = 5;

    public static SearchSpace<Settings> Space(Table table) => new SearchSpace<Settings>(new Settings(0, 1e-2f, 0, 40))
        .Choice("network", [.. Enumerable.Range(0, table.Networks.Count)], (settings, value) => settings with { Network = value }, value => table.Networks[value].Name)
        .Logarithmic("rate", 2e-3, 2e-2, (settings, value) => settings with { Rate = (float)value })
        .Logarithmic("decay", 1e-2, 1, (settings, value) => settings with { Decay = (float)value })
        .Choice("epochs", [30, 60], (settings, value) => settings with { Epochs = value });

    /// <summary>A trainer for a new network.</summary>
    public Trainer<ITrainable> NewTrainer(Table table, long seed) => new(table.Networks[Network].Create(seed), new AdamW(Rate) { WeightDecay = Decay })
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Seed = seed,
        Schedule = new Warmup(0.1, new CosineDecay()),
    };

    /// <summary>The mean validation loss over inner folds of what may be learned: the test part of an outer fold is never seen.</summary>
    public double InnerLoss(Table table, Dataset data, long seed)
    {
        double sum = 0;
        foreach ((Dataset train, Dataset validation) in data.Folds(InnerFolds, seed))
        {
            sum += NewTrainer(table, seed).Fit(train, validation)[^1].ValidationLoss!.Value;
        }
        return sum / InnerFolds;
    }
}
