namespace NetGen.Training;

/// <summary><c>mean |p - y| / |y|</c>, as a share: 0.1 is ten percent. A target of 0 counts as <c>2^-52</c>, as in scikit-learn, so that it makes the value huge.</summary>
/// <param name="targets">How many targets a sample has, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="targets"/> is below 1.</exception>
public sealed class MeanAbsolutePercentageError(int targets = 1) : RegressionMetric(targets)
{
    /// <inheritdoc/>
    public override string Name => "MAPE";

    private protected override double Of(in TargetErrors errors) => errors.MeanAbsolutePercentageError;
}
