namespace NetGen.Training;

/// <inheritdoc cref="ConfusionMatrix.MatthewsCorrelation" path="/summary"/>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class MatthewsCorrelation(int classes) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name => "Matthews correlation";

    private protected override double Compute() => Confusion.MatthewsCorrelation;
}
