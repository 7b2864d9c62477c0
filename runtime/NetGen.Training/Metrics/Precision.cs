namespace NetGen.Training;

/// <summary><c>TP / (TP + FP)</c>: of the samples taken for a class, the share that belong to it, averaged over classes. A quotient whose denominator is 0 counts as 0.</summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <param name="average">How it is averaged.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class Precision(int classes, ClassAverage average = ClassAverage.Macro) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name { get; } = ConfusionMatrix.NameOf("precision", average);

    private protected override double Compute() => Confusion.Precision(average);
}
