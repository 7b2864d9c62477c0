namespace NetGen.Training;

/// <summary>
/// The area under the ROC curve, <c>P(p+ > p-) + P(p+ = p-) / 2</c>: how likely a sample of a class, <c>p+</c>, gets a higher probability of it than
/// a sample of another class, <c>p-</c>, ties counting half. 0.5 for guessing, 1 for a perfect order (Hanley and McNeil, "The meaning and use of the
/// area under a receiver operating characteristic (ROC) curve", 1982).
/// </summary>
/// <param name="classes">How many classes there are, at least 2.</param>
/// <param name="average">How the areas of more than two classes, each against the rest, are averaged: <see cref="ClassAverage.Macro"/> or <see cref="ClassAverage.Weighted"/>.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
/// <exception cref="ArgumentException"><paramref name="average"/> is <see cref="ClassAverage.Micro"/>.</exception>
public sealed class RocAuc(int classes, ClassAverage average = ClassAverage.Macro) : RankingMetric(classes, average)
{
    /// <inheritdoc/>
    public override string Name => NameOf("ROC-AUC");

    /// <summary>The curve of one class against the rest.</summary>
    /// <inheritdoc cref="RankingMetric.ValueOf" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The class has no samples, or all of them.</exception>
    public RocCurve CurveOf(int index) => new(Rank(index));

    private protected override string Curve => "ROC curve";

    private protected override double AreaOf(Ranking ranking) => RocCurve.AreaOf(ranking);

    private protected override string? ReasonAgainst(Ranking ranking) =>
        ranking.Positives == 0 || ranking.Negatives == 0 ? $"{ranking.Positives} of {ranking.Count} samples belong to it, expected some and not all." : null;
}
