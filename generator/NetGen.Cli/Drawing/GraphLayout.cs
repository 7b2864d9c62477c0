using NetGen.Cli.Reading;

namespace NetGen.Cli.Drawing;

/// <summary>Where the layers of a network are drawn: top to bottom, each in a row below all that it reads.</summary>
/// <param name="Width">Of the whole drawing.</param>
/// <param name="Height">Of the whole drawing.</param>
/// <param name="BoxWidth">Of each layer.</param>
/// <param name="Boxes">Layers by their index in the network, with the middle of each.</param>
/// <param name="Lines">What flows between them: from whom, to whom, and the points on the way, those at both ends among them.</param>
internal sealed record GraphLayout(
    double Width, double Height, double BoxWidth, IReadOnlyList<(int Layer, double X, double Y)> Boxes, IReadOnlyList<(int From, int To, IReadOnlyList<(double X, double Y)> Points)> Lines)
{
    public const double BoxHeight = 42;
    private const double RowHeight = 68;
    private const double Gap = 26;
    private const double Margin = 14;
    private const double LongestBox = 230;
    private const int Sweeps = 8;

    /// <summary>Lays a network out (Sugiyama et al., 1981): rows by the longest way from an input, then the order within rows, then places.</summary>
    public static GraphLayout Of(Network network)
    {
        Dictionary<int, Place> places = GraphText.Drawn(network).ToDictionary(pair => pair.Index, pair => new Place(pair.Index));
        double boxWidth = Math.Min(LongestBox, 28 + (7.4 * GraphText.Drawn(network).Max(pair => Math.Max(pair.Layer.Path.Length, pair.Layer.Description.Length))));
        foreach (IReadOnlyList<int> edge in network.Edges)
        {
            places[edge[1]].Row = Math.Max(places[edge[1]].Row, places[edge[0]].Row + 1);
        }
        List<Place> all = [.. places.Values];
        List<Place[]> chains = [];
        foreach (IReadOnlyList<int> edge in network.Edges)
        {
            // An edge over several rows keeps a place of its own in each, so that it runs beside the layers between.
            Place from = places[edge[0]], to = places[edge[1]];
            Place[] chain = [from, .. Enumerable.Range(from.Row + 1, to.Row - from.Row - 1).Select(row => new Place(null) { Row = row }), to];
            all.AddRange(chain[1..^1]);
            chains.Add(chain);
            foreach ((Place above, Place below) in chain.Zip(chain.Skip(1)))
            {
                above.Below.Add(below);
                below.Above.Add(above);
            }
        }
        Place[][] rows = [.. all.GroupBy(place => place.Row).OrderBy(group => group.Key).Select(group => group.OrderBy(place => place.Layer is null).ToArray())];
        Order(rows);
        Arrange(rows, boxWidth);
        double left = all.Min(place => place.X - (place.WidthOf(boxWidth) / 2)) - Margin;
        double right = all.Max(place => place.X + (place.WidthOf(boxWidth) / 2)) + Margin;
        return new(
            right - left,
            (rows.Length * RowHeight) - (RowHeight - BoxHeight) + (2 * Margin),
            boxWidth,
            [.. places.Values.Select(place => (place.Layer!.Value, place.X - left, Middle(place)))],
            [.. chains.Select(chain => (chain[0].Layer!.Value, chain[^1].Layer!.Value, (IReadOnlyList<(double, double)>)[
                (chain[0].X - left, Middle(chain[0]) + (BoxHeight / 2)), .. chain[1..^1].Select(place => (place.X - left, Middle(place))), (chain[^1].X - left, Middle(chain[^1]) - (BoxHeight / 2))]))]);
    }

    private static double Middle(Place place) => Margin + (BoxHeight / 2) + (place.Row * RowHeight);

    /// <summary>Orders each row by the mean place of its neighbours in the row before, down and up in turns, which takes most crossings out.</summary>
    private static void Order(Place[][] rows)
    {
        Number(rows);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (Place[] row in down ? rows.Skip(1) : rows.Reverse().Skip(1))
            {
                Array.Sort(
                    [.. row.Select((place, index) => ((down ? place.Above : place.Below).Select(other => (double)other.Index).DefaultIfEmpty(index).Average(), place.Layer is null ? 1 : 0, index))],
                    row);
                Number([row]);
            }
        }
    }

    private static void Number(IEnumerable<Place[]> rows)
    {
        foreach (Place[] row in rows)
        {
            for (int index = 0; index < row.Length; index++)
            {
                row[index].Index = index;
            }
        }
    }

    /// <summary>Moves each row towards its neighbours, down and up in turns. A layer follows layers and lets lines pass, so that a chain with skips beside it is straight.</summary>
    private static void Arrange(Place[][] rows, double boxWidth)
    {
        foreach (Place[] row in rows)
        {
            Spread(row, [.. row.Select(_ => 0.0)], boxWidth);
        }
        for (int sweep = 0; sweep <= Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (Place[] row in down ? rows.Skip(1) : rows.Reverse().Skip(1))
            {
                Spread(row, [.. row.Select(place => Wanted(place, down ? place.Above : place.Below))], boxWidth);
            }
        }
    }

    private static double Wanted(Place place, List<Place> neighbours)
    {
        Place[] layers = [.. neighbours.Where(other => other.Layer is not null)];
        Place[] followed = place.Layer is null ? [.. neighbours.Where(other => other.Layer is null)] : layers;
        return followed.Length > 0 ? followed.Average(other => other.X) : place.Layer is null ? place.X : neighbours.Count > 0 ? neighbours.Average(other => other.X) : place.X;
    }

    /// <summary>Places a row as near as possible to where it wants to be, in its order and without overlaps: pushed right where it must, then back as a whole.</summary>
    private static void Spread(Place[] row, double[] wanted, double boxWidth)
    {
        for (int index = 0; index < row.Length; index++)
        {
            double least = index == 0 ? double.NegativeInfinity : row[index - 1].X + ((row[index - 1].WidthOf(boxWidth) + row[index].WidthOf(boxWidth)) / 2) + Gap;
            row[index].X = Math.Max(wanted[index], least);
        }
        Place[] layers = [.. row.Where(place => place.Layer is not null)];
        double shift = (layers.Length > 0 ? row.Zip(wanted).Where(pair => pair.First.Layer is not null) : row.Zip(wanted)).Average(pair => pair.First.X - pair.Second);
        foreach (Place place in row)
        {
            place.X -= shift;
        }
    }

    /// <summary>A layer in its row, or where an edge passes a row.</summary>
    private sealed class Place(int? layer)
    {
        public int? Layer { get; } = layer;

        public int Row { get; set; }

        public int Index { get; set; }

        public double X { get; set; }

        public List<Place> Above { get; } = [];

        public List<Place> Below { get; } = [];

        public double WidthOf(double box) => Layer is null ? 0 : box;
    }
}
