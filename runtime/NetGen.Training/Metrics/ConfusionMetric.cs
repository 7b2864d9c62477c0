namespace NetGen.Training;

/// <summary>A metric that follows from the <see cref="ConfusionMatrix"/>.</summary>
public abstract class ConfusionMetric : ClassificationMetric
{
    private protected ConfusionMetric(int classes)
        : base(classes) =>
        Confusion = new ConfusionMatrix(Dataset.Numbered("", classes));

    /// <summary>How often each class was taken for each.</summary>
    public ConfusionMatrix Confusion { get; }

    private protected sealed override void AddSample(int actual, ReadOnlySpan<float> output) => Confusion.Add(actual, Decision.ClassOf(output));

    private protected sealed override void Clear() => Confusion.Clear();
}
