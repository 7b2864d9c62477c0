namespace NetGen.Training;

/// <summary>
/// How many samples of a class are recognised at the price of how many false alarms, for every threshold of its probability: <see cref="RocAuc.CurveOf"/> gives one.
/// </summary>
public sealed class RocCurve
{
    internal RocCurve(Ranking ranking)
    {
        List<RocPoint> points = [new(0, 0, float.PositiveInfinity)];
        foreach (Ranking.Cut cut in ranking)
        {
            points.Add(new RocPoint((double)cut.FalsePositives / ranking.Negatives, (double)cut.TruePositives / ranking.Positives, cut.Threshold));
        }
        Points = points;
        Area = AreaOf(ranking);
    }

    /// <summary>From (0, 0) to (1, 1), a point for each probability that occurs, from the highest down; in between the curve is straight.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>The area under the curve, 0 to 1.</summary>
    public double Area { get; }

    /// <summary>The area without the curve; exact until it is divided.</summary>
    internal static double AreaOf(Ranking ranking)
    {
        double twice = 0;
        (long truePositives, long falsePositives) = (0, 0);
        foreach (Ranking.Cut cut in ranking)
        {
            twice += (cut.FalsePositives - falsePositives) * (cut.TruePositives + truePositives);
            (truePositives, falsePositives) = (cut.TruePositives, cut.FalsePositives);
        }
        return twice / 2 / ((double)ranking.Positives * ranking.Negatives);
    }
}

/// <summary>What deciding for a class from a threshold on gives.</summary>
/// <param name="FalsePositiveRate">Of the samples of other classes, the share that is taken for it.</param>
/// <param name="TruePositiveRate">Of the samples of the class, the share that is recognised.</param>
/// <param name="Threshold">The probability from which on a sample is taken for the class; infinity where none is.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, float Threshold);
