namespace NetGen.Training;

/// <summary><c>mean |p - y|</c>, in the target's unit.</summary>
/// <param name="targets">How many targets a sample has, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="targets"/> is below 1.</exception>
public sealed class MeanAbsoluteError(int targets = 1) : RegressionMetric(targets)
{
    /// <inheritdoc/>
    public override string Name => "MAE";

    private protected override double Of(in TargetErrors errors) => errors.MeanAbsoluteError;
}
