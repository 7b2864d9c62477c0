namespace NetGen.Training;

/// <summary>Sums over the samples of one target, from which all metrics of regression follow.</summary>
internal struct TargetErrors
{
    /// <summary>A target nearer to 0 counts as this, as in scikit-learn: the distance from 1 to the next double.</summary>
    private const double SmallestTarget = 1.0 / (1L << 52);

    private long _count;
    private double _absolute;
    private double _squared;
    private double _relative;
    private double _mean;
    private double _variation;

    public readonly double MeanAbsoluteError => _absolute / _count;

    public readonly double RootMeanSquaredError => Math.Sqrt(_squared / _count);

    public readonly double MeanAbsolutePercentageError => _relative / _count;

    public readonly double R2 => _count < 2 ? double.NaN : _variation > 0 ? 1 - _squared / _variation : _squared == 0 ? 1 : 0;

    public void Add(double prediction, double target)
    {
        double error = prediction - target;
        _count++;
        _absolute += Math.Abs(error);
        _squared += error * error;
        _relative += Math.Abs(error) / Math.Max(Math.Abs(target), SmallestTarget);
        // Welford's rule: one pass, no cancellation, and exactly 0 for a target that never changes.
        double fromMean = target - _mean;
        _mean += fromMean / _count;
        _variation += fromMean * (target - _mean);
    }
}
