namespace NetGen.Training;

/// <summary>
/// The share of samples whose class is among those with the k largest outputs. Of equal outputs the class with the larger index comes first, as in
/// scikit-learn; of two classes, 1 comes first above 0.5.
/// </summary>
public sealed class TopKAccuracy : MeanOverSamples
{
    private readonly int _k;

    /// <summary>Prepares for data of so many classes.</summary>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <param name="k">How many guesses there are, at least 1 and fewer than <paramref name="classes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of these ranges.</exception>
    public TopKAccuracy(int classes, int k)
        : base(classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, classes);
        _k = k;
        Name = $"top-{k} accuracy";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    private protected override double Of(int actual, ReadOnlySpan<float> output)
    {
        if (Classes == 2)
        {
            return Decision.ClassOf(output) == actual ? 1 : 0;
        }
        float own = output[actual];
        int before = 0;
        for (int i = 0; i < Classes; i++)
        {
            before += output[i] > own || (output[i] == own && i > actual) ? 1 : 0;
        }
        return before < _k ? 1 : 0;
    }
}
