using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NetGen.Training;

/// <summary>Draws what <see cref="Plot"/> writes as SVG in pixels: lines, dots and text, in the colours of the light scheme.</summary>
internal sealed partial class PlotImage
{
    private const int Scale = 2;

    private static readonly Dictionary<string, byte[]> Colours = ColourOf().Matches(Svg.Style)
        .GroupBy(match => match.Groups[1].Value).ToDictionary(same => same.Key, same => Convert.FromHexString(same.First().Groups[2].ValueSpan));

    private readonly byte[] _pixels;
    private readonly int _width;
    private readonly int _height;

    private PlotImage(int width, int height)
    {
        (_width, _height) = (width, height);
        _pixels = new byte[3 * width * height];
        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = Colours["paper"][i % 3];
        }
    }

    /// <summary>A picture with two pixels for each unit of the SVG.</summary>
    public static byte[] ToPng(string svg)
    {
        XElement picture = XElement.Parse(svg);
        double[] view = Numbers(picture.Attribute("viewBox")!.Value);
        PlotImage image = new((int)(Scale * view[2]), (int)(Scale * view[3]));
        image.Draw(picture, new Area(0, 0, view[2], view[3], view[0], view[1], view[2], view[3]));
        return Png.Encode(image._pixels, image._width, image._height, channels: 3);
    }

    private void Draw(XElement parent, Area area)
    {
        foreach (XElement element in parent.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "g":
                    Draw(element, area);
                    break;
                case "svg":
                    double[] view = Numbers(element.Attribute("viewBox")!.Value);
                    Draw(element, new Area(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"), view[0], view[1], view[2], view[3]));
                    break;
                case "path":
                    Path(element.Attribute("d")!.Value, element.Attribute("class")!.Value.Split(' '), area);
                    break;
                case "text":
                    Text(element);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Of the commands of a path those that plots have: M, L, H, V and h.</summary>
    private void Path(string path, string[] classes, Area area)
    {
        byte[] colour = Colours[classes[0] switch { "grid" => "rule", "guide" or "axis" => "faint", string series => series }];
        (double width, double opacity) = classes.Contains("dots") ? (5.0, 0.55) : classes.Contains("line") ? (1.8, 1.0) : (1.0, 1.0);
        (double x, double y) = (0, 0);
        foreach (Match command in Command().Matches(path))
        {
            double[] numbers = Numbers(command.Groups[2].Value);
            (double nextX, double nextY) = command.Groups[1].Value switch
            {
                "H" => (numbers[0], y),
                "V" => (x, numbers[0]),
                "h" => (x + numbers[0], y),
                _ => (numbers[0], numbers[1]),
            };
            if (command.Groups[1].Value != "M")
            {
                Line(area.X(x), area.Y(y), area.X(nextX), area.Y(nextY), width, colour, opacity, area, classes[0] == "guide" ? 4 : 0);
            }
            (x, y) = (nextX, nextY);
        }
    }

    private void Text(XElement element)
    {
        bool isTitle = element.Attribute("class")!.Value == "title";
        double size = isTitle ? 13 : 12, length = element.Value.Length * StrokeFont.Advance * size;
        double x = Number(element, "x") - element.Attribute("text-anchor")!.Value switch { "middle" => length / 2, "end" => length, _ => 0 }, y = Number(element, "y");
        Area all = new(0, 0, (double)_width / Scale, (double)_height / Scale, 0, 0, 1, 1);
        foreach ((double x0, double y0, double x1, double y1) in StrokeFont.Strokes(element.Value, size))
        {
            Line(x + x0, y + y0, x + x1, y + y1, isTitle ? 1.5 : 1, Colours[isTitle ? "ink" : "faint"], 1, all, dash: 0);
        }
    }

    /// <summary>A line with round ends; a pixel has as much of its colour as lies within it, by its distance from the middle.</summary>
    private void Line(double x0, double y0, double x1, double y1, double width, byte[] colour, double opacity, Area clip, double dash)
    {
        double reach = width / 2, dx = x1 - x0, dy = y1 - y0, length = Math.Sqrt(dx * dx + dy * dy);
        (int left, int right) = Range(Math.Min(x0, x1) - reach, Math.Max(x0, x1) + reach, clip.Left, clip.Left + clip.Width, _width);
        (int top, int bottom) = Range(Math.Min(y0, y1) - reach, Math.Max(y0, y1) + reach, clip.Top, clip.Top + clip.Height, _height);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                double px = (column + 0.5) / Scale - x0, py = (row + 0.5) / Scale - y0;
                double along = length == 0 ? 0 : Math.Clamp((px * dx + py * dy) / length, 0, length);
                if (dash > 0 && along % (2 * dash) > dash)
                {
                    continue;
                }
                double away = length == 0 ? Math.Sqrt(px * px + py * py) : Math.Sqrt(Math.Pow(px - dx * along / length, 2) + Math.Pow(py - dy * along / length, 2));
                double share = opacity * Math.Clamp((reach - away) * Scale + 0.5, 0, 1);
                for (int channel = 0; channel < 3 && share > 0; channel++)
                {
                    ref byte pixel = ref _pixels[3 * (row * _width + column) + channel];
                    pixel = (byte)Math.Round(pixel + share * (colour[channel] - pixel));
                }
            }
        }
    }

    /// <summary>The pixels that a part of an axis touches, within a clip and the picture.</summary>
    private static (int First, int End) Range(double least, double most, double clipLeast, double clipMost, int pixels) =>
        ((int)Math.Max(0, Math.Floor(Math.Max(least - 0.5, clipLeast) * Scale)), (int)Math.Min(pixels, Math.Ceiling(Math.Min(most + 0.5, clipMost) * Scale)));

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static double[] Numbers(string text) => [.. NumberOf().Matches(text).Select(match => double.Parse(match.ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"--(\w+): #([0-9a-f]{6})")]
    private static partial Regex ColourOf();

    [GeneratedRegex("([MLHVh])([^MLHVh]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"-?[0-9.]+(?:[eE][-+]?[0-9]+)?")]
    private static partial Regex NumberOf();

    /// <summary>A rectangle of the picture and the coordinates that it shows.</summary>
    private readonly record struct Area(double Left, double Top, double Width, double Height, double ViewLeft, double ViewTop, double ViewWidth, double ViewHeight)
    {
        public double X(double x) => Left + (x - ViewLeft) / ViewWidth * Width;

        public double Y(double y) => Top + (y - ViewTop) / ViewHeight * Height;
    }
}
