namespace NetGen.Training;

/// <summary>A metric of predicted classes or of their probabilities.</summary>
public abstract class ClassificationMetric : IMetric
{
    /// <summary>Prepares for data of so many classes.</summary>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    private protected ClassificationMetric(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Classes = classes;
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool HigherIsBetter => true;

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>Samples that were added; of sequences with a class a step, their steps.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value => Count > 0 ? Compute() : throw new InvalidOperationException($"The {Name} of no samples is not defined. Add a batch first.");

    /// <inheritdoc/>
    public void Reset()
    {
        Count = 0;
        Clear();
    }

    /// <inheritdoc/>
    public void Add(in Batch batch, ReadOnlySpan<float> outputs)
    {
        if (batch.Classes.IsEmpty && batch.Count > 0)
        {
            throw new ArgumentException($"The {Name} compares classes; the batch has targets.", nameof(batch));
        }
        int steps = batch.Count == 0 ? 1 : batch.Classes.Length / batch.Count;
        Add(batch.Classes, outputs, steps, PaddedSteps.LengthsOf(batch, steps));
    }

    /// <summary>Adds samples.</summary>
    /// <param name="actual"><c>[n]</c>: the index of the right class.</param>
    /// <param name="outputs"><c>[n, Classes]</c>: the probability of each class; or <c>[n]</c>, that of class 1 of two.</param>
    /// <exception cref="ArgumentException">Numbers do not match, a class is out of range, or an output is not a number; nothing was added.</exception>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<float> outputs) => Add(actual, outputs, steps: 1, lengths: []);

    private void Add(ReadOnlySpan<int> actual, ReadOnlySpan<float> outputs, int steps, ReadOnlySpan<int> lengths)
    {
        int width = Classes == 2 && outputs.Length == actual.Length ? 1 : Classes;
        if (outputs.Length != actual.Length * width)
        {
            throw new ArgumentException(
                $"Expected {Classes} outputs a sample{(Classes == 2 ? " or 1" : "")}, as there are {Classes} classes, got {outputs.Length} outputs for {actual.Length} samples.",
                nameof(outputs));
        }
        // All of them before the first is added. What lies behind a sequence's end may hold anything.
        for (int i = 0; i < actual.Length; i++)
        {
            if (!lengths.IsEmpty && i % steps >= lengths[i / steps])
            {
                continue;
            }
            if ((uint)actual[i] >= (uint)Classes)
            {
                throw new ArgumentException($"{PaddedSteps.Name(i, steps)} has class {actual[i]}; expected 0 to {Classes - 1}.", nameof(actual));
            }
            for (int j = 0; j < width; j++)
            {
                if (float.IsNaN(outputs[i * width + j]))
                {
                    throw new ArgumentException($"{PaddedSteps.Name(i, steps)}, output {j} is not a number. Did training diverge?", nameof(outputs));
                }
            }
        }
        for (int i = 0; i < actual.Length; i++)
        {
            if (lengths.IsEmpty || i % steps < lengths[i / steps])
            {
                AddSample(actual[i], outputs.Slice(i * width, width));
                Count++;
            }
        }
    }

    /// <summary>Adds one sample, which has been checked.</summary>
    /// <param name="actual">The index of the right class.</param>
    /// <param name="output"><c>[Classes]</c>, or <c>[1]</c>.</param>
    private protected abstract void AddSample(int actual, ReadOnlySpan<float> output);

    /// <summary>The value over at least one sample.</summary>
    private protected abstract double Compute();

    /// <summary>Forgets what the samples left.</summary>
    private protected abstract void Clear();
}
