namespace NetGen.Training;

/// <summary>
/// <c>1 - sum (p - y)^2 / sum (y - mean y)^2</c>, the coefficient of determination: 1 is perfect, 0 as good as always predicting the mean. For a
/// target that never changes, 1 when predicted exactly and else 0; not a number of fewer than two samples, as in scikit-learn.
/// </summary>
/// <param name="targets">How many targets a sample has, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="targets"/> is below 1.</exception>
public sealed class R2(int targets = 1) : RegressionMetric(targets)
{
    /// <inheritdoc/>
    public override string Name => "R2";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    private protected override double Of(in TargetErrors errors) => errors.R2;
}
