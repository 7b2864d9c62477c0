namespace NetGen.Training;

/// <summary><c>TP / (TP + FN)</c>: of the samples of a class, the share that were recognised, averaged over classes. A quotient whose denominator is 0 counts as 0.</summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <param name="average">How it is averaged.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
public sealed class Recall(int classes, ClassAverage average = ClassAverage.Macro) : ConfusionMetric(classes)
{
    /// <inheritdoc/>
    public override string Name { get; } = ConfusionMatrix.NameOf("recall", average);

    private protected override double Compute() => Confusion.Recall(average);
}
