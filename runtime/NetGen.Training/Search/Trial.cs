namespace NetGen.Training;

/// <summary>One training of a search.</summary>
/// <typeparam name="TSettings">What is tried.</typeparam>
public sealed class Trial<TSettings>
{
    internal Trial(int index, TSettings settings, long seed, int? budget, double[] values)
    {
        Index = index;
        Settings = settings;
        Seed = seed;
        Budget = budget;
        Values = values;
    }

    /// <summary>Its number, from 0; the same in all rounds of <see cref="Search{TSettings}.SuccessiveHalving"/>.</summary>
    public int Index { get; }

    /// <summary>What to train with.</summary>
    public TSettings Settings { get; }

    /// <summary>For network, order of samples and all else that is random.</summary>
    public long Seed { get; }

    /// <summary>How long to train in <see cref="Search{TSettings}.SuccessiveHalving"/>, in units of its <c>leastBudget</c>; null in other searches.</summary>
    public int? Budget { get; }

    /// <summary>A value of each dimension.</summary>
    internal double[] Values { get; }
}

/// <summary>What a trial gave.</summary>
/// <typeparam name="TSettings">What is tried.</typeparam>
/// <param name="Trial">The trial.</param>
/// <param name="Score">Lower is better; infinity where it failed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Failure">Why it failed: the message of an <see cref="InvalidOperationException"/>, such as that of a loss that is not finite. Null where it did not.</param>
public sealed record TrialResult<TSettings>(Trial<TSettings> Trial, double Score, double Seconds, string? Failure);
