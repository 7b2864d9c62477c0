namespace NetGen.Training;

/// <summary><c>sqrt(mean (p - y)^2)</c>, in the target's unit.</summary>
/// <param name="targets">How many targets a sample has, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="targets"/> is below 1.</exception>
public sealed class RootMeanSquaredError(int targets = 1) : RegressionMetric(targets)
{
    /// <inheritdoc/>
    public override string Name => "RMSE";

    private protected override double Of(in TargetErrors errors) => errors.RootMeanSquaredError;
}
