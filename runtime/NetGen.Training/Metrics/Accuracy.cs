namespace NetGen.Training;

/// <summary>The share of samples whose class is predicted right: the first of the largest outputs, or class 1 above 0.5 of a single output.</summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class Accuracy(int classes) : MeanOverSamples(classes)
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    private protected override double Of(int actual, ReadOnlySpan<float> output) => Decision.ClassOf(output) == actual ? 1 : 0;
}
