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

    /// <summary>Samples that were added; of sequences with targets a step, their steps.</summary>
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
        int targets = batch.Count == 0 ? _errors.Length : batch.Targets.Length / batch.Count;
        if (targets % _errors.Length != 0)
        {
            throw new ArgumentException($"The {Name} is of {_errors.Length} targets; a sample of the batch has {targets}.", nameof(batch));
        }
        int steps = targets / _errors.Length;
        Add(batch.Targets, outputs, steps, PaddedSteps.LengthsOf(batch, steps));
    }

    /// <summary>Adds samples.</summary>
    /// <param name="targets"><c>[n, targets]</c>: what is right.</param>
    /// <param name="outputs"><c>[n, targets]</c>: what is predicted.</param>
    /// <exception cref="ArgumentException">Numbers do not match, or one is infinite or not a number; nothing was added.</exception>
    public void Add(ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs) => Add(targets, outputs, steps: 1, lengths: []);

    private void Add(ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, int steps, ReadOnlySpan<int> lengths)
    {
        int width = _errors.Length;
        if (outputs.Length != targets.Length || targets.Length % width != 0)
        {
            throw new ArgumentException($"Expected {width} targets a sample and as many outputs, got {targets.Length} targets and {outputs.Length} outputs.", nameof(outputs));
        }
        // All of them before the first is added. What lies behind a sequence's end may hold anything.
        int rows = targets.Length / width;
        for (int row = 0; row < rows; row++)
        {
            if (lengths.IsEmpty || row % steps < lengths[row / steps])
            {
                CheckFinite(targets, row, steps, "target", nameof(targets));
                CheckFinite(outputs, row, steps, "output", nameof(outputs));
            }
        }
        for (int row = 0; row < rows; row++)
        {
            if (!lengths.IsEmpty && row % steps >= lengths[row / steps])
            {
                continue;
            }
            for (int j = 0; j < width; j++)
            {
                _errors[j].Add(outputs[row * width + j], targets[row * width + j]);
            }
            Count++;
        }
    }

    /// <summary>The value of a target.</summary>
    private protected abstract double Of(in TargetErrors errors);

    private void CheckFinite(ReadOnlySpan<float> values, int row, int steps, string what, string argument)
    {
        for (int j = 0; j < _errors.Length; j++)
        {
            float value = values[row * _errors.Length + j];
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{PaddedSteps.Name(row, steps)}, {what} {j} is {value}; expected a finite number."), argument);
            }
        }
    }
}
