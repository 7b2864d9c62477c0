namespace NetGen.Training;

/// <summary>
/// How far the network's certainty is from how often it is right: <c>sum_b n_b / n |right_b / n_b - certainty_b|</c> over bins of the predicted class's probability, which are equally wide
/// (Guo et al., "On calibration of modern neural networks", 2017).
/// </summary>
/// <example><code>
/// CalibrationError error = new(classes: 10);
/// error.Add(classes, probabilities);
/// foreach (CalibrationPoint point in error.Curve) { Console.WriteLine($"{point.Certainty:P0} certain, {point.Right:P0} right"); }
/// </code></example>
public sealed class CalibrationError : ClassificationMetric
{
    private readonly double[] _certainty;
    private readonly long[] _right;
    private readonly long[] _count;

    /// <summary>Prepares for data of so many classes.</summary>
    /// <param name="classes">How many classes there are, at least 2.</param>
    /// <param name="bins">How many bins the probabilities from 0 to 1 are divided into, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of these ranges.</exception>
    public CalibrationError(int classes, int bins = 15)
        : base(classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _certainty = new double[bins];
        _right = new long[bins];
        _count = new long[bins];
    }

    /// <summary>
    /// The class whose probability is looked at, right being that a sample belongs to it: scikit-learn's <c>calibration_curve</c> of two classes has
    /// 1. Null, the default, for the class that is predicted, right being that the sample belongs to that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int? OfClass
    {
        get;
        init
        {
            if (value is int index)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(OfClass));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Classes, nameof(OfClass));
            }
            field = value;
        }
    }

    /// <inheritdoc/>
    public override string Name => "calibration error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>The bins that have samples, from the least certain on.</summary>
    public IReadOnlyList<CalibrationPoint> Curve =>
        [.. Enumerable.Range(0, _count.Length).Where(b => _count[b] > 0).Select(b => new CalibrationPoint(_certainty[b] / _count[b], (double)_right[b] / _count[b], _count[b]))];

    private protected override void AddSample(int actual, ReadOnlySpan<float> output)
    {
        int index = OfClass ?? Decision.ClassOf(output);
        double certainty = Decision.ProbabilityOf(output, index);
        // A bin has its upper edge: 0.5 of 10 bins lies in that from 0.4 to 0.5.
        int bin = Math.Clamp((int)Math.Ceiling(certainty * _count.Length) - 1, 0, _count.Length - 1);
        _certainty[bin] += certainty;
        _right[bin] += actual == index ? 1 : 0;
        _count[bin]++;
    }

    private protected override double Compute()
    {
        double sum = 0;
        for (int i = 0; i < _count.Length; i++)
        {
            sum += Math.Abs(_right[i] - _certainty[i]);
        }
        return sum / Count;
    }

    private protected override void Clear()
    {
        Array.Clear(_certainty);
        Array.Clear(_right);
        Array.Clear(_count);
    }
}

/// <summary>What became of the samples of one bin of probabilities.</summary>
/// <param name="Certainty">Their mean probability.</param>
/// <param name="Right">The share of them that were right: equal to <paramref name="Certainty"/> where the network is calibrated.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct CalibrationPoint(double Certainty, double Right, long Count);
