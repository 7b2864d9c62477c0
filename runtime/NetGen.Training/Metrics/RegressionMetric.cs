using System.Globalization;

namespace NetGen.Training;

/// <summary>A metric of predicted numbers: the mean over targets, each counting once.</summary>
public abstract class RegressionMetric : IMetric
{
    private readonly TargetErrors[] _errors;

    /// <summary>Prepares for data of so many targets.</summary>
    private protected RegressionMetric(int targets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        _errors = new TargetErrors[targets];
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool HigherIsBetter => false;

    /// <summary>Samples that were added.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _errors.Length; i++)
            {
                sum += ValueOf(i);
            }
            return sum / _errors.Length;
        }
    }

    /// <summary>The value of one target.</summary>
    /// <param name="index">The index of the target.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such target.</exception>
    /// <exception cref="InvalidOperationException">No sample was added.</exception>
    public double ValueOf(int index) =>
        Count > 0 ? Of(_errors[index]) : throw new InvalidOperationException($"The {Name} of no samples is not defined. Add a batch first.");

    /// <inheritdoc/>
    public void Reset()
    {
        Count = 0;
        Array.Clear(_errors);
    }

    /// <inheritdoc/>
    public void Add(in Batch batch, ReadOnlySpan<float> outputs)
    {
        if (batch.Targets.IsEmpty && batch.Count > 0)
        {
            throw new ArgumentException($"The {Name} compares targets; the batch has classes.", nameof(batch));
        }
        int row = batch.Count == 0 ? 0 : batch.Targets.Length / batch.Count, steps = row / _errors.Length;
        if (batch.Lengths.IsEmpty || steps <= 1)
        {
            Add(batch.Targets, outputs);
            return;
        }
        if (batch.Lengths.ContainsAnyExceptInRange(1, steps))
        {
            throw new ArgumentException($"Expected lengths of 1 to {steps} steps.", nameof(batch));
        }
        for (int i = 0; i < batch.Count; i++)
        {
            int count = batch.Lengths[i] * _errors.Length;
            Add(batch.Targets.Slice(i * row, count), outputs.Slice(i * row, count));
        }
    }

    /// <summary>Adds samples.</summary>
    /// <param name="targets"><c>[n, targets]</c>: what is right.</param>
    /// <param name="outputs"><c>[n, targets]</c>: what is predicted.</param>
    /// <exception cref="ArgumentException">Numbers do not match, or one is infinite or not a number; nothing was added.</exception>
    public void Add(ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs)
    {
        int width = _errors.Length;
        if (outputs.Length != targets.Length || targets.Length % width != 0)
        {
            throw new ArgumentException($"Expected {width} targets a sample and as many outputs, got {targets.Length} targets and {outputs.Length} outputs.", nameof(outputs));
        }
        CheckFinite(targets, "target", nameof(targets));
        CheckFinite(outputs, "output", nameof(outputs));
        for (int i = 0; i < targets.Length; i++)
        {
            _errors[i % width].Add(outputs[i], targets[i]);
        }
        Count += targets.Length / width;
    }

    /// <summary>The value of a target.</summary>
    private protected abstract double Of(in TargetErrors errors);

    private void CheckFinite(ReadOnlySpan<float> values, string what, string argument)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Sample {i / _errors.Length}, {what} {i % _errors.Length} is {values[i]}; expected a finite number."), argument);
            }
        }
    }
}
