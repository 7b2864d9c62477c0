namespace NetGen.Training;

/// <summary>
/// A metric of the order in which a class's probability puts the samples. It keeps the outputs and class of every sample, <c>4 (Classes + 1)</c> bytes each and as much again for sorting
/// one class, because no sums tell an order. Of two classes it ranks class 1; of more it ranks each against the rest and averages.
/// </summary>
public abstract class RankingMetric : ClassificationMetric
{
    private readonly ClassAverage _average;
    private float[] _outputs = [];
    private int[] _actual = [];
    private float[] _keys = [];
    private bool[] _positive = [];
    private int _count;

    private protected RankingMetric(int classes, ClassAverage average)
        : base(classes)
    {
        if (average == ClassAverage.Micro)
        {
            throw new ArgumentException("A ranking is of one class, so its value is averaged over classes: expected Macro or Weighted, got Micro.", nameof(average));
        }
        _average = average;
    }

    /// <summary>The value of one class against the rest.</summary>
    /// <param name="index">The index of the class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">It is not defined: the class has no samples, or for a ROC curve, all of them.</exception>
    public double ValueOf(int index) => AreaOf(Rank(index));

    /// <summary>The name, with the average where it is not the default.</summary>
    private protected string NameOf(string name) => _average == ClassAverage.Macro ? name : $"{name} weighted";

    /// <summary>What its curve is called.</summary>
    private protected abstract string Curve { get; }

    /// <summary>The value of a ranking.</summary>
    private protected abstract double AreaOf(Ranking ranking);

    /// <summary>Why a ranking has no curve; null where it has one.</summary>
    private protected abstract string? ReasonAgainst(Ranking ranking);

    /// <summary>The samples in order of falling probability of a class.</summary>
    /// <exception cref="InvalidOperationException">They have no curve.</exception>
    private protected Ranking Rank(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Classes);
        // As much as the samples' own buffers, so that a later epoch finds it large enough.
        if (_keys.Length < _count)
        {
            _keys = new float[_actual.Length];
            _positive = new bool[_actual.Length];
        }
        for (int i = 0; i < _count; i++)
        {
            _keys[i] = _outputs[i * Classes + index];
            _positive[i] = _actual[i] == index;
        }
        Ranking ranking = Ranking.Sort(_keys.AsSpan(0, _count), _positive.AsSpan(0, _count));
        return ReasonAgainst(ranking) is { } reason ? throw new InvalidOperationException($"The {Curve} of class {index} is not defined: {reason}") : ranking;
    }

    private protected sealed override void AddSample(int actual, ReadOnlySpan<float> output)
    {
        if (_count == _actual.Length)
        {
            int capacity = Math.Max(64, 2 * _count);
            Array.Resize(ref _actual, capacity);
            Array.Resize(ref _outputs, checked(capacity * Classes));
        }
        _actual[_count] = actual;
        for (int i = 0; i < Classes; i++)
        {
            _outputs[_count * Classes + i] = (float)Decision.ProbabilityOf(output, i);
        }
        _count++;
    }

    private protected sealed override double Compute()
    {
        if (Classes == 2)
        {
            return ValueOf(1);
        }
        double sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            sum += ValueOf(i) * (_average == ClassAverage.Macro ? 1.0 / Classes : (double)_actual.AsSpan(0, _count).Count(i) / _count);
        }
        return sum;
    }

    private protected sealed override void Clear() => _count = 0;
}
