namespace NetGen.Training;

/// <summary>
/// A number that says how well a network does. Batches are added one after the other, so that the samples need not be in memory together; every sample counts once, whatever its
/// weight. Adding and reading allocate nothing, but for the buffers of <see cref="RocAuc"/> and <see cref="AveragePrecision"/>, which are kept by <see cref="Reset"/>.
/// </summary>
public interface IMetric
{
    /// <summary>What it is called in tables and logs: <c>accuracy</c>, <c>f1 macro</c>.</summary>
    string Name { get; }

    /// <summary>Whether a larger value is a better one.</summary>
    bool HigherIsBetter { get; }

    /// <summary>Its value over all samples that were added since the last <see cref="Reset"/>.</summary>
    /// <exception cref="InvalidOperationException">There are none, or it is not defined for them.</exception>
    double Value { get; }

    /// <summary>Forgets all samples.</summary>
    void Reset();

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">Samples with what is right: classes or targets. Steps of a sequence beyond its length are left out.</param>
    /// <param name="outputs"><c>[Count, OutputSize]</c>: what the network predicts for them.</param>
    /// <exception cref="ArgumentException">The batch has not what the metric compares, numbers do not match, a class is out of range, or an output is not a number.</exception>
    void Add(in Batch batch, ReadOnlySpan<float> outputs);
}
