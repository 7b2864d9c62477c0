using System.Globalization;
using System.Text;

namespace NetGen.Training;

/// <summary>Curves and points over two axes, as one SVG picture that needs no other file and follows the reader's light or dark scheme.</summary>
/// <param name="title">Above the picture.</param>
/// <param name="xLabel">What the horizontal axis shows.</param>
/// <param name="yLabel">What the vertical axis shows.</param>
/// <example><code>
/// Plot plot = new("Loss", "epoch", "loss");
/// plot.Line("training", [.. history.Select(result => ((double)result.Epoch, result.TrainingLoss))]);
/// plot.Save("loss.svg");
/// </code></example>
public sealed class Plot(string title, string xLabel, string yLabel)
{
    private const double Width = 400, Height = 280, Left = 52, Right = 14, Top = 50, Bottom = 40;
    private const int Colours = 8;

    private readonly List<Series> _series = [];

    /// <summary>The range of both axes; null, the default, for what the numbers need.</summary>
    public (double Least, double Most)? Range { get; init; }

    /// <summary>
    /// Whether the horizontal axis is logarithmic, so that each order of magnitude is as wide; what is not above 0 is left out, and
    /// <see cref="Range"/> and <see cref="Diagonal"/> are of no use. False by default.
    /// </summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether to draw the diagonal, which a perfect or a chance prediction lies on; false by default.</summary>
    public bool Diagonal { get; init; }

    /// <summary>Adds a curve through points. It is broken where a number is not finite.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="points">In order of x.</param>
    public Plot Line(string name, IReadOnlyList<(double X, double Y)> points) => Add(new Series(name, points, IsLine: true));

    /// <summary>Adds points.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="points">In any order.</param>
    public Plot Dots(string name, IReadOnlyList<(double X, double Y)> points) => Add(new Series(name, points, IsLine: false));

    /// <summary>
    /// Writes the picture as an SVG file, or as PNG where the name ends in <c>.png</c>: 800 x 560 pixels in the light scheme, without a font of the machine's. A file of that name is
    /// overwritten.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            byte[] image = PlotImage.ToPng(ToString());
            WholeFile.Write(path, stream => stream.Write(image));
            return;
        }
        WholeFile.Write(path, ToString());
    }

    /// <summary>The picture as SVG.</summary>
    public override string ToString() => Draw().ToString();

    /// <summary>The picture as part of a page.</summary>
    internal string Inline() => Draw().Inline();

    private Plot Add(Series series)
    {
        ArgumentNullException.ThrowIfNull(series.Name);
        ArgumentNullException.ThrowIfNull(series.Points);
        _series.Add(series);
        return this;
    }

    private Svg Draw()
    {
        (double left, double right) = Extent(PlaceOf);
        (double bottom, double top) = Extent(point => point.Y);
        Svg svg = new(Width, Height);
        svg.Text(Left, 18, title, "title", "start");
        DrawLegend(svg);
        DrawAxes(svg, left, right, bottom, top);

        // Curves lie in coordinates of the data, upside down, in a view of their own: to zoom, a page changes the view.
        svg.Open("svg", ("class", "data"), ("x", Svg.Number(Left)), ("y", Svg.Number(Top)), ("width", Svg.Number(Width - Left - Right)), ("height", Svg.Number(Height - Top - Bottom)),
            ("viewBox", string.Create(CultureInfo.InvariantCulture, $"{left:R} {-top:R} {right - left:R} {top - bottom:R}")), ("preserveAspectRatio", "none"));
        if (Diagonal && !LogarithmicX)
        {
            svg.Element("path", ("class", "guide"), ("vector-effect", "non-scaling-stroke"),
                ("d", string.Create(CultureInfo.InvariantCulture, $"M{Math.Max(left, bottom):R} {-Math.Max(left, bottom):R}L{Math.Min(right, top):R} {-Math.Min(right, top):R}")));
        }
        for (int i = 0; i < _series.Count; i++)
        {
            svg.Element("path", ("class", $"s{i % Colours} {(_series[i].IsLine ? "line" : "dots")}"), ("vector-effect", "non-scaling-stroke"), ("d", _series[i].Path(PlaceOf)));
        }
        svg.Close("svg");
        return svg;
    }

    private void DrawLegend(Svg svg)
    {
        double x = Left;
        for (int i = 0; i < _series.Count && _series.Count > 1; i++)
        {
            double width = 22 + 6.4 * _series[i].Name.Length;
            if (x + width > Width)
            {
                svg.Text(x, 38, "…", "label", "start");
                break;
            }
            svg.Element("path", _series[i].IsLine
                ? [("class", $"s{i % Colours} line"), ("d", string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} 34h12"))]
                : [("class", $"s{i % Colours} dots"), ("d", string.Create(CultureInfo.InvariantCulture, $"M{x + 6:0.#} 34h0"))]);
            svg.Text(x + 16, 38, _series[i].Name, "label", "start");
            x += width;
        }
    }

    private void DrawAxes(Svg svg, double left, double right, double bottom, double top)
    {
        svg.Open("g", ("class", "ticks"));
        foreach (double tick in Ticks.Of(left, right, 5))
        {
            double x = Left + (tick - left) / (right - left) * (Width - Left - Right);
            svg.Element("path", ("class", "grid"), ("d", $"M{Svg.Number(x)} {Svg.Number(Top)}V{Svg.Number(Height - Bottom)}"));
            svg.Text(x, Height - Bottom + 16, LogarithmicX ? Math.Pow(10, tick).ToString("0.##e-0", CultureInfo.InvariantCulture) : Ticks.Print(tick), "tick", "middle");
        }
        foreach (double tick in Ticks.Of(bottom, top, 5))
        {
            double y = Height - Bottom - (tick - bottom) / (top - bottom) * (Height - Top - Bottom);
            svg.Element("path", ("class", "grid"), ("d", $"M{Svg.Number(Left)} {Svg.Number(y)}H{Svg.Number(Width - Right)}"));
            svg.Text(Left - 6, y + 4, Ticks.Print(tick), "tick", "end");
        }
        svg.Close("g");
        svg.Text((Left + Width - Right) / 2, Height - 6, xLabel, "label", "middle");
        if (_series.Count <= 1)
        {
            svg.Text(Left, 38, yLabel, "label", "start");
        }
    }

    private double PlaceOf((double X, double Y) point) => LogarithmicX ? Math.Log10(point.X) : point.X;

    private (double Least, double Most) Extent(Func<(double X, double Y), double> axis)
    {
        if (Range is { } range && !LogarithmicX)
        {
            // Lines and dots on the border are as thick as others.
            double border = (range.Most - range.Least) * 0.02;
            return (range.Least - border, range.Most + border);
        }
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in _series.SelectMany(series => series.Points).Where(point => double.IsFinite(PlaceOf(point)) && double.IsFinite(point.Y)).Select(axis))
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }
        if (least > most)
        {
            return (0, 1);
        }
        double margin = most > least ? (most - least) * 0.03 : Math.Max(Math.Abs(most) * 0.1, 1e-6);
        return (least - margin, most + margin);
    }

    private sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, bool IsLine)
    {
        public string Path(Func<(double X, double Y), double> placeOf)
        {
            StringBuilder path = new();
            bool broken = true;
            foreach ((double X, double Y) point in Points)
            {
                (double x, double y) = (placeOf(point), point.Y);
                if (!double.IsFinite(x) || !double.IsFinite(y))
                {
                    broken = true;
                    continue;
                }
                path.Append(CultureInfo.InvariantCulture, $"{(broken || !IsLine ? 'M' : 'L')}{x:G6} {0 - y:G6}{(IsLine ? "" : "h0")}");
                broken = false;
            }
            return path.ToString();
        }
    }
}

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten that lie in a range, about as many as asked for, each once.</summary>
    public static IEnumerable<double> Of(double least, double most, int count)
    {
        double rough = (most - least) / count;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        double first = Math.Ceiling(least / step), last = double.NegativeInfinity;
        // A range of few floats has fewer of these multiples than there are numbers to count them.
        for (int i = 0; i <= 2 * count && (first + i) * step <= most; i++)
        {
            double tick = (first + i) * step + 0.0;   // never -0
            if (tick >= least && tick > last)
            {
                yield return last = tick;
            }
        }
    }

    /// <summary>A number with four digits at most.</summary>
    public static string Print(double tick) => tick.ToString(Math.Abs(tick) is 0 or (>= 1e-3 and < 1e5) ? "0.####" : "0.##e+0", CultureInfo.InvariantCulture);
}
