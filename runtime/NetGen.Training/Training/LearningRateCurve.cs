using System.Globalization;

namespace NetGen.Training;

/// <summary>A step of a <see cref="LearningRateFinder"/>.</summary>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Loss">Of its batch, before it.</param>
/// <param name="SmoothedLoss">A running mean of the losses so far.</param>
public readonly record struct LearningRatePoint(float LearningRate, double Loss, double SmoothedLoss);

/// <summary>How the loss goes as the learning rate grows.</summary>
public sealed class LearningRateCurve
{
    internal LearningRateCurve(IReadOnlyList<LearningRatePoint> points)
    {
        Points = points;
        int lowest = Enumerable.Range(0, points.Count).MinBy(i => points[i].SmoothedLoss);
        double half = (points.Take(lowest + 1).Max(point => point.SmoothedLoss) + points[lowest].SmoothedLoss) / 2;
        int halfway = Enumerable.Range(0, lowest + 1).Last(i => points[i].SmoothedLoss >= half);
        Suggested = points[halfway].LearningRate;
    }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>
    /// Where the smoothed loss is for the last time half of the way above its lowest, which is about where it falls fastest: a rate to begin with,
    /// for a schedule's highest or a constant one.
    /// </summary>
    public float Suggested { get; }

    /// <summary>Writes the curve as a picture, SVG or, where the path ends so, PNG: rates on a logarithmic axis, losses and their smoothed line, and the suggestion.</summary>
    /// <param name="path">The file; its folder exists. A file of that name is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void Save(string path) => Draw().Save(path);

    /// <summary>The picture that <see cref="Save"/> writes.</summary>
    public string ToSvg() => Draw().ToString();

    private Plot Draw()
    {
        // Single losses may be far above the smoothed ones; they are cut.
        double low = Points.Min(point => Math.Min(point.Loss, point.SmoothedLoss)), high = Points.Max(point => point.SmoothedLoss);
        return new Plot(string.Create(CultureInfo.InvariantCulture, $"Loss by learning rate, suggested {Suggested:0.##e-0}"), "learning rate", "loss") { LogarithmicX = true }
            .Line("loss", [.. Points.Select(point => ((double)point.LearningRate, Math.Min(point.Loss, high)))])
            .Line("smoothed", [.. Points.Select(point => ((double)point.LearningRate, point.SmoothedLoss))])
            .Line("suggested", [(Suggested, low), (Suggested, high)]);
    }
}
