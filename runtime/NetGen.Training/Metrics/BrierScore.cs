namespace NetGen.Training;

/// <summary>
/// The mean squared error of probabilities. Of two classes, <c>mean (p - y)^2</c> with p the probability of class 1: 0 to 1. Of more, Brier's own sum over the classes,
/// <c>mean sum_c (p_c - y_c)^2</c>: 0 to 2 (Brier, "Verification of forecasts expressed in terms of probability", 1950).
/// </summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class BrierScore(int classes) : MeanOverSamples(classes)
{
    /// <inheritdoc/>
    public override string Name => "Brier score";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    private protected override double Of(int actual, ReadOnlySpan<float> output)
    {
        double sum = 0;
        for (int i = Classes == 2 ? 1 : 0; i < Classes; i++)
        {
            double error = Decision.ProbabilityOf(output, i) - (i == actual ? 1 : 0);
            sum += error * error;
        }
        return sum;
    }
}
