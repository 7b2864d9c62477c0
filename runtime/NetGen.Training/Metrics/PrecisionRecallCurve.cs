namespace NetGen.Training;

/// <summary>
/// Which share of a class is recognised at which precision, for every threshold of its probability: <see cref="AveragePrecision.CurveOf"/> gives one.
/// </summary>
public sealed class PrecisionRecallCurve
{
    internal PrecisionRecallCurve(Ranking ranking)
    {
        // Deciding for no sample at all has no false alarm.
        List<PrecisionRecallPoint> points = [new(0, 1, float.PositiveInfinity)];
        foreach (Ranking.Cut cut in ranking)
        {
            points.Add(new PrecisionRecallPoint((double)cut.TruePositives / ranking.Positives, PrecisionAt(cut), cut.Threshold));
        }
        Points = points;
        Area = AreaOf(ranking);
    }

    /// <summary>From a recall of 0 to 1, a point for each probability that occurs, from the highest down.</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points { get; }

    /// <summary>The average precision, 0 to 1.</summary>
    public double Area { get; }

    internal static double AreaOf(Ranking ranking)
    {
        double sum = 0;
        int before = 0;
        foreach (Ranking.Cut cut in ranking)
        {
            sum += (cut.TruePositives - before) * PrecisionAt(cut);
            before = cut.TruePositives;
        }
        return sum / ranking.Positives;
    }

    private static double PrecisionAt(Ranking.Cut cut) => (double)cut.TruePositives / (cut.TruePositives + cut.FalsePositives);
}

/// <summary>What deciding for a class from a threshold on gives.</summary>
/// <param name="Recall">Of the samples of the class, the share that is recognised.</param>
/// <param name="Precision">Of the samples taken for the class, the share that belongs to it; 1 where none is.</param>
/// <param name="Threshold">The probability from which on a sample is taken for the class; infinity where none is.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, float Threshold);
