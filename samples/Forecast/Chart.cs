using System.Globalization;
using System.Text;

/// <summary>Lines over years, as SVG.</summary>
/// <param name="title">Stands above.</param>
/// <param name="from">The first year.</param>
/// <param name="to">The last year.</param>
/// <param name="highest">The largest number that has a place.</param>
internal sealed class Chart(string title, int from, int to, float highest)
{
    private const int Width = 1000, Height = 360, Left = 50, Top = 40, Right = 20, Bottom = 60;

    private readonly StringBuilder _lines = new();
    private int _count;

    /// <summary>Adds a line.</summary>
    /// <param name="name">Stands in the legend.</param>
    /// <param name="color">As CSS.</param>
    /// <param name="firstYear">Of its first number; years before the chart's first are left out.</param>
    /// <param name="values">A number a year.</param>
    /// <param name="dashed">Whether it is dashed.</param>
    public void Add(string name, string color, int firstYear, IEnumerable<float> values, bool dashed = false)
    {
        IEnumerable<string> points = values.Select((value, index) => (Year: firstYear + index, value)).Where(point => point.Year >= from)
            .Select(point => Text($"{X(point.Year)},{Y(point.value)}"));
        string stroke = $"fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{(dashed ? " stroke-dasharray=\"6 4\"" : "")}";
        int x = Left + (_count++ * 230), y = Height - 18;
        _lines.AppendLine($"<polyline {stroke} points=\"{string.Join(' ', points)}\"/>");
        _lines.AppendLine($"<line {stroke} x1=\"{x}\" y1=\"{y - 5}\" x2=\"{x + 30}\" y2=\"{y - 5}\"/><text x=\"{x + 38}\" y=\"{y}\">{name}</text>");
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path)
    {
        var svg = new StringBuilder();
        svg.AppendLine($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        svg.AppendLine($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/><text x=\"{Left}\" y=\"24\" font-size=\"16\">{title}</text>");
        for (int value = 0; value <= highest; value += 50)
        {
            svg.AppendLine(Text($"<line stroke=\"#ddd\" x1=\"{Left}\" y1=\"{Y(value)}\" x2=\"{Width - Right}\" y2=\"{Y(value)}\"/>"));
            svg.AppendLine(Text($"<text x=\"{Left - 8}\" y=\"{Y(value) + 4}\" text-anchor=\"end\">{value}</text>"));
        }
        for (int year = (from + 9) / 10 * 10; year <= to; year += 10)
        {
            svg.AppendLine(Text($"<text x=\"{X(year)}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{year}</text>"));
        }
        svg.Append(_lines).AppendLine("</svg>");
        File.WriteAllText(path, svg.ToString());
    }

    private double X(int year) => Left + ((double)(year - from) / (to - from) * (Width - Left - Right));

    private double Y(float value) => Top + ((1 - (value / highest)) * (Height - Top - Bottom));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
