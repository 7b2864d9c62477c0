namespace NetGen.Training;

/// <summary>A metric that is the mean of one number a sample.</summary>
public abstract class MeanOverSamples : ClassificationMetric
{
    private double _sum;

    private protected MeanOverSamples(int classes)
        : base(classes)
    {
    }

    /// <summary>The sample's number.</summary>
    private protected abstract double Of(int actual, ReadOnlySpan<float> output);

    private protected sealed override void AddSample(int actual, ReadOnlySpan<float> output) => _sum += Of(actual, output);

    private protected override double Compute() => _sum / Count;

    private protected sealed override void Clear() => _sum = 0;
}
