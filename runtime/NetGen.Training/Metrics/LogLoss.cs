namespace NetGen.Training;

/// <summary>
/// The mean cross-entropy of the right classes, in nats: <c>mean -ln p</c>. Probabilities are kept <c>2^-23</c> away from 0 and 1 and divided by their sum, as scikit-learn does, so that
/// one that is 0 costs 15.9 and not infinity.
/// </summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class LogLoss(int classes) : MeanOverSamples(classes)
{
    private const double Smallest = 1.0 / (1 << 23);

    /// <inheritdoc/>
    public override string Name => "log loss";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    private protected override double Of(int actual, ReadOnlySpan<float> output) => OfSample(actual, output, Classes);

    /// <summary><c>-ln p</c> of one sample.</summary>
    internal static double OfSample(int actual, ReadOnlySpan<float> output, int classes)
    {
        double sum = 0;
        for (int i = 0; i < classes; i++)
        {
            sum += Clip(Decision.ProbabilityOf(output, i));
        }
        return -Math.Log(Clip(Decision.ProbabilityOf(output, actual)) / sum);
    }

    private static double Clip(double probability) => Math.Clamp(probability, Smallest, 1 - Smallest);
}
