namespace NetGen;

/// <summary>What an optimizer does to a run of parameters.</summary>
/// <param name="RateFactor">How much of the learning rate.</param>
/// <param name="WeightDecay">Of these parameters.</param>
/// <param name="L1Penalty">Of these parameters.</param>
/// <param name="Frozen">Whether it leaves them alone.</param>
internal readonly record struct RunSettings(float RateFactor, float WeightDecay, float L1Penalty, bool Frozen);

/// <summary>The flat buffer of parameters, divided where an optimizer's settings change.</summary>
internal sealed class ParameterRuns
{
    private readonly int[] _ends;
    private readonly RunSettings[] _settings;

    private ParameterRuns(List<(int End, RunSettings Settings)> runs) => (_ends, _settings) = ([.. runs.Select(run => run.End)], [.. runs.Select(run => run.Settings)]);

    /// <summary>Number of runs.</summary>
    public int Count => _ends.Length;

    /// <summary>Divides the parameters of a network.</summary>
    /// <exception cref="InvalidOperationException">A pattern is of no parameter.</exception>
    public static ParameterRuns Of(ITrainable network, IReadOnlyList<ParameterGroup> groups, float weightDecay, float l1Penalty)
    {
        IReadOnlyList<TensorInfo> parameters = network.Info.Parameters;
        foreach (string pattern in groups.SelectMany(group => group.Patterns).Where(pattern => !parameters.Any(parameter => ParameterGroup.Matches(pattern, parameter.Name))))
        {
            throw new InvalidOperationException(
                $"{network.Info.Name} has no parameter '{pattern}', which a group of its optimizer names. It has {string.Join(", ", parameters.Select(parameter => parameter.Name))}.");
        }
        List<(int End, RunSettings Settings)> runs = [];
        int end = network.Parameters.Length;
        for (int i = 0; i < parameters.Count; i++)
        {
            RunSettings settings = Of(parameters[i], groups.FirstOrDefault(group => group.Has(parameters[i].Name)), weightDecay, l1Penalty);
            if (runs.Count > 0 && runs[^1].Settings == settings) runs.RemoveAt(runs.Count - 1);
            // The gap for alignment after a tensor goes with it.
            runs.Add((i + 1 < parameters.Count ? parameters[i + 1].Offset : end, settings));
        }
        return new(runs.Count > 0 ? runs : [(end, new(1, weightDecay, l1Penalty, Frozen: false))]);
    }

    /// <summary>The run that a place in the flat buffer is in.</summary>
    public int IndexAt(int place)
    {
        if (_ends.Length == 1) return 0;
        int found = Array.BinarySearch(_ends, place + 1);
        return found < 0 ? ~found : found;
    }

    /// <summary>Where a run ends.</summary>
    public int EndOf(int run) => _ends[run];

    /// <summary>What is done to a run.</summary>
    public ref readonly RunSettings SettingsOf(int run) => ref _settings[run];

    private static RunSettings Of(TensorInfo parameter, ParameterGroup? group, float weightDecay, float l1Penalty)
    {
        // Biases, and what norms scale and shift by, have one axis.
        bool isPenalised = parameter.Shape.Rank > 1;
        return new(
            group?.LearningRateFactor ?? 1,
            group?.WeightDecay ?? (isPenalised ? weightDecay : 0),
            group?.L1Penalty ?? (isPenalised ? l1Penalty : 0),
            group?.Frozen ?? false);
    }
}
