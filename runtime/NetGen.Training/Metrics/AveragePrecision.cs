namespace NetGen.Training;

/// <summary>
/// The area under the precision-recall curve as a sum of steps, <c>sum (R_n - R_(n-1)) P_n</c> over all thresholds, which is not as optimistic as
/// joining the points by lines (Davis and Goadrich, "The relationship between precision-recall and ROC curves", 2006). For rare classes it says more
/// than <see cref="RocAuc"/>; guessing gives the class's share of the samples.
/// </summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <param name="average">How the areas of more than two classes, each against the rest, are averaged: <see cref="ClassAverage.Macro"/> or <see cref="ClassAverage.Weighted"/>.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
/// <exception cref="ArgumentException"><paramref name="average"/> is <see cref="ClassAverage.Micro"/>.</exception>
public sealed class AveragePrecision(int classes, ClassAverage average = ClassAverage.Macro) : RankingMetric(classes, average)
{
    /// <inheritdoc/>
    public override string Name => NameOf("average precision");

    /// <summary>The curve of one class against the rest.</summary>
    /// <inheritdoc cref="RankingMetric.ValueOf" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The class has no samples.</exception>
    public PrecisionRecallCurve CurveOf(int index) => new(Rank(index));

    private protected override string Curve => "precision-recall curve";

    private protected override double AreaOf(Ranking ranking) => PrecisionRecallCurve.AreaOf(ranking);

    private protected override string? ReasonAgainst(Ranking ranking) =>
        ranking.Positives == 0 ? $"none of {ranking.Count} samples belongs to it." : null;
}
