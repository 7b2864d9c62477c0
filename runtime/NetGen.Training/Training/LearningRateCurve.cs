using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>A step of a <see cref="LearningRateFinder"/>.</summary>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Loss">Of its batch, before it.</param>
/// <param name="SmoothedLoss">A running mean of the losses so far.</param>
public readonly record struct LearningRatePoint(float LearningRate, double Loss, double SmoothedLoss);

/// <summary>How the loss goes as the learning rate grows.</summary>
public sealed class LearningRateCurve
{
    private const int Width = 640, Height = 360, Left = 60, Right = 20, Top = 40, Bottom = 50;

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
    /// Where the smoothed loss is for the last time half of the way above its lowest, which is about where it falls fastest: a rate to begin with, for a schedule's highest or a constant one.
    /// </summary>
    public float Suggested { get; }

    /// <summary>Writes the curve as a picture, an SVG file: rates on a logarithmic axis, losses and their smoothed line, and the suggestion.</summary>
    /// <param name="path">Overwritten.</param>
    public void Save(string path) => File.WriteAllText(path, ToSvg());

    /// <summary>The picture that <see cref="Save"/> writes.</summary>
    public string ToSvg()
    {
        double from = Math.Log10(Points[0].LearningRate), to = Math.Log10(Points[^1].LearningRate);
        // Single losses may be far above the smoothed ones; they are cut.
        double low = Points.Min(point => Math.Min(point.Loss, point.SmoothedLoss)), high = Points.Max(point => point.SmoothedLoss);
        double margin = 0.05 * Math.Max(high - low, 1e-6);
        (low, high) = (low - margin, high + margin);

        StringBuilder svg = new();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Line($"<text x=\"{Left}\" y=\"24\" font-size=\"15\">Loss by learning rate; half of the way down at {Suggested:0.##e-0}</text>");
        for (int power = (int)Math.Ceiling(from); power <= Math.Floor(to); power++)
        {
            Line($"<line stroke=\"#ddd\" x1=\"{X(power):0.#}\" y1=\"{Top}\" x2=\"{X(power):0.#}\" y2=\"{Height - Bottom}\"/>");
            Line($"<text x=\"{X(power):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">1e{power}</text>");
        }
        for (int i = 0; i <= 4; i++)
        {
            double loss = low + ((high - low) * i / 4);
            Line($"<line stroke=\"#ddd\" x1=\"{Left}\" y1=\"{Y(loss):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(loss):0.#}\"/>");
            Line($"<text x=\"{Left - 6}\" y=\"{Y(loss) + 4:0.#}\" text-anchor=\"end\">{loss:0.###}</text>");
        }
        Polyline("#b8c4d6", 1, point => Math.Clamp(point.Loss, low, high));
        Polyline("#1f4e8c", 2, point => point.SmoothedLoss);
        double suggested = X(Math.Log10(Suggested));
        Line($"<line stroke=\"#c0392b\" stroke-dasharray=\"4 3\" x1=\"{suggested:0.#}\" y1=\"{Top}\" x2=\"{suggested:0.#}\" y2=\"{Height - Bottom}\"/>");
        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">learning rate</text>");
        Line($"</svg>");
        return svg.ToString();

        double X(double power) => Left + ((power - from) / Math.Max(to - from, 1e-9) * (Width - Left - Right));

        double Y(double loss) => Top + ((high - loss) / (high - low) * (Height - Top - Bottom));

        void Polyline(string color, int width, Func<LearningRatePoint, double> loss)
        {
            IEnumerable<string> places = Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(Math.Log10(point.LearningRate)):0.#},{Y(loss(point)):0.#}"));
            Line($"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" points=\"{string.Join(' ', places)}\"/>");
        }

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
