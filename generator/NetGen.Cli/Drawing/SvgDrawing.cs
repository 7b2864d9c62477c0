using System.Globalization;
using System.Net;
using System.Text;
using NetGen.Cli.Reading;

namespace NetGen.Cli.Drawing;

/// <summary>Draws a layout as SVG.</summary>
internal static class SvgDrawing
{
    private const string Style = """
        <style>
        text { font: 11.5px system-ui, sans-serif; fill: #1b1f24; } .what { font-size: 10.5px; fill: #57606a; }
        rect { fill: #ffffff; stroke: #8c959f; } .end rect { fill: #f0f3f6; } path { fill: none; stroke: #8c959f; stroke-width: 1.25; } marker path { fill: #8c959f; stroke: none; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; } .what { fill: #9da7b3; }
          rect { fill: #161b22; stroke: #6e7681; } .end rect { fill: #21262d; } path { stroke: #6e7681; } marker path { fill: #6e7681; }
        }
        </style>

        """;

    /// <param name="layout">Where everything is.</param>
    /// <param name="network">What it is.</param>
    /// <param name="standalone">Whether it is a file of its own; otherwise the page around it has the style.</param>
    public static string Draw(GraphLayout layout, Network network, bool standalone)
    {
        StringBuilder svg = new();
        (string width, string height) = (Number(Math.Ceiling(layout.Width)), Number(Math.Ceiling(layout.Height)));
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(network.Name)}\">\n");
        svg.Append(standalone ? Style : "");
        svg.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">");
        svg.Append("<path d=\"M0 0.5 L8 4 L0 7.5 z\"/></marker></defs>\n");
        foreach ((int from, int to, IReadOnlyList<(double X, double Y)> points) in layout.Lines)
        {
            svg.Append($"<path class=\"edge\" data-from=\"{from}\" data-to=\"{to}\" marker-end=\"url(#arrow)\" d=\"{Way(points)}\"/>\n");
        }
        foreach ((int index, double x, double y) in layout.Boxes)
        {
            NetworkLayer layer = network.Layers[index];
            svg.Append($"<g class=\"{(layer.Kind == "layer" ? "node" : "node end")}\" data-layer=\"{index}\" transform=\"translate({Number(x)} {Number(y)})\">");
            svg.Append($"<title>{Escape($"{layer.Path}: {layer.Description}, {layer.Input} → {layer.Output}")}</title>");
            svg.Append($"<rect x=\"{Number(-layout.BoxWidth / 2)}\" y=\"{Number(-GraphLayout.BoxHeight / 2)}\" ");
            svg.Append($"width=\"{Number(layout.BoxWidth)}\" height=\"{Number(GraphLayout.BoxHeight)}\" rx=\"7\"/>");
            svg.Append($"<text y=\"-4\" text-anchor=\"middle\">{Escape(Fit(layer.Path, layout.BoxWidth, keepsEnd: true))}</text>");
            svg.Append($"<text class=\"what\" y=\"12\" text-anchor=\"middle\">{Escape(Fit(layer.Description, layout.BoxWidth, keepsEnd: false))}</text></g>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Straight down where it can be, otherwise an S between each two rows.</summary>
    private static string Way(IReadOnlyList<(double X, double Y)> points)
    {
        StringBuilder way = new($"M{Number(points[0].X)} {Number(points[0].Y)}");
        foreach (((double x, double y), (double nextX, double nextY)) in points.Zip(points.Skip(1)))
        {
            string middle = Number((y + nextY) / 2);
            way.Append(Math.Abs(x - nextX) < 0.5 ? $" V{Number(nextY)}" : $" C{Number(x)} {middle} {Number(nextX)} {middle} {Number(nextX)} {Number(nextY)}");
        }
        return way.ToString();
    }

    /// <summary>What of a text fits a box: paths differ at their end, descriptions at their start.</summary>
    private static string Fit(string text, double width, bool keepsEnd)
    {
        int most = (int)((width - 16) / 6.6);
        return text.Length <= most ? text : keepsEnd ? "…" + text[^(most - 1)..] : text[..(most - 1)] + "…";
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
