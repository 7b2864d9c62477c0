using System.Globalization;

namespace NetGen.Training;

/// <summary>An upright axis: what it is called, and texts at places from 0, below, to 1.</summary>
internal sealed record ParallelAxis(string Name, IReadOnlyList<(double Place, string Text)> Ticks);

/// <summary>Draws points of many dimensions as lines that cross an axis for each.</summary>
internal static class ParallelCoordinates
{
    private const int Step = 150, Left = 50, Right = 90, Top = 44, Height = 260;

    /// <param name="axes">From left to right.</param>
    /// <param name="lines">For each a place from 0 to 1 on every axis, and how bad it is, from 0 to 1.</param>
    public static string Draw(IReadOnlyList<ParallelAxis> axes, IEnumerable<(double[] Places, double Badness)> lines)
    {
        Svg svg = new(Left + Right + Step * (axes.Count - 1), Top + Height + 24);
        foreach ((double[] places, double badness) in lines)
        {
            string path = string.Concat(places.Select((place, axis) => string.Create(CultureInfo.InvariantCulture, $"{(axis == 0 ? 'M' : 'L')}{X(axis)} {Y(place):0.#}")));
            string opacity = (1 - 0.85 * badness).ToString("0.##", CultureInfo.InvariantCulture);
            svg.Element("path", ("d", path), ("class", badness == 0 ? "s1 line" : "s0 line"), ("stroke-opacity", opacity));
        }
        for (int i = 0; i < axes.Count; i++)
        {
            svg.Element("path", ("d", string.Create(CultureInfo.InvariantCulture, $"M{X(i)} {Top}v{Height}")), ("class", "axis"));
            svg.Text(X(i), 22, axes[i].Name, "title", "middle");
            foreach ((double place, string text) in axes[i].Ticks)
            {
                svg.Text(X(i) + 5, Y(place) + 4, text, "halo", "start");
                svg.Text(X(i) + 5, Y(place) + 4, text, "tick", "start");
            }
        }
        return svg.ToString();
    }

    private static double X(int axis) => Left + (double)Step * axis;

    private static double Y(double place) => Top + Height * (1 - place);
}
