namespace NetGen.Training;

/// <inheritdoc cref="ConfusionMatrix.CohenKappa" path="/summary"/>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class CohenKappa(int classes) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name => "Cohen's kappa";

    private protected override double Compute() => Confusion.CohenKappa;
}
