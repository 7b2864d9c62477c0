namespace NetGen.Training;

/// <summary><c>2 TP / (2 TP + FP + FN)</c>: the harmonic mean of precision and recall, averaged over classes. A quotient whose denominator is 0 counts as 0.</summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <param name="average">How it is averaged.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class F1Score(int classes, ClassAverage average = ClassAverage.Macro) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name { get; } = ConfusionMatrix.NameOf("f1", average);

    private protected override double Compute() => Confusion.F1(average);
}
