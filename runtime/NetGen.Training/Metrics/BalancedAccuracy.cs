namespace NetGen.Training;

/// <inheritdoc cref="ConfusionMatrix.BalancedAccuracy" path="/summary"/>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class BalancedAccuracy(int classes) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name => "balanced accuracy";

    private protected override double Compute() => Confusion.BalancedAccuracy;
}
