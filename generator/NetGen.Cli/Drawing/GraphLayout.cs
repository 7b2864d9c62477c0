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
    private const double RowHeight = 70;
    private const double Gap = 18;
    private const double Margin = 14;
    private const double LongestBox = 196;
    private const int Sweeps = 8;

    /// <summary>
    /// Lays a network out (Sugiyama et al., 1981): rows by the longest way from an input, then the order within rows, then places. The longest way of all is a straight line at the left, and
    /// what branches off stands to its right.
    /// </summary>
    public static GraphLayout Of(Network network)
    {
        Dictionary<int, Place> places = GraphText.Drawn(network).ToDictionary(pair => pair.Index, pair => new Place(pair.Index));
        double boxWidth = Math.Min(LongestBox, 28 + (7 * GraphText.Drawn(network).Max(pair => Math.Max(pair.Layer.Path.Length, pair.Layer.Description.Length))));
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
        for (Place? spine = all.MaxBy(place => place.Row); spine is not null; spine = spine.Above.Find(place => place.Layer is not null))
        {
            spine.IsSpine = true;
        }
        Place[][] rows = [.. all.GroupBy(place => place.Row).OrderBy(group => group.Key).Select(group => group.ToArray())];
        Order(rows);
        Arrange(rows, boxWidth);
        double left = -(boxWidth / 2) - Margin;
        double right = all.Max(place => place.X + (place.WidthOf(boxWidth) / 2)) + Margin;
        return new(
            right - left,
            (rows.Length * RowHeight) - (RowHeight - BoxHeight) + (2 * Margin),
            boxWidth,
            [.. places.Values.Select(place => (place.Layer!.Value, place.X - left, Middle(place)))],
            [.. chains.Select(chain => (chain[0].Layer!.Value, chain[^1].Layer!.Value, (IReadOnlyList<(double, double)>)[
                (chain[0].X - left, Middle(chain[0]) + (BoxHeight / 2)),
                .. chain[1..^1].SelectMany(place => new[] { -BoxHeight / 2, BoxHeight / 2 }, (place, side) => (place.X - left, Middle(place) + side)),
                (chain[^1].X - left, Middle(chain[^1]) - (BoxHeight / 2))]))]);
    }

    private static double Middle(Place place) => Margin + (BoxHeight / 2) + (place.Row * RowHeight);

    /// <summary>Orders each row by the mean place of its neighbours in the row before, down and up in turns, which takes most crossings out.</summary>
    private static void Order(Place[][] rows)
    {
        Number(rows);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (Place[] row in down ? rows : rows.Reverse())
            {
                Array.Sort(
                    [.. row.Select((place, index) => (place.IsSpine ? 0 : 1, MeanOf(down ? place.Above : place.Below, index), index))],
                    row);
                Number([row]);
            }
        }

        static double MeanOf(List<Place> neighbours, int otherwise) => neighbours.Select(other => (double)other.Index).DefaultIfEmpty(otherwise).Average();
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

    /// <summary>Moves each row towards what it follows, down and up in turns.</summary>
    private static void Arrange(Place[][] rows, double boxWidth)
    {
        for (int sweep = 0; sweep <= Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (Place[] row in down ? rows : rows.Reverse())
            {
                double least = double.NegativeInfinity;
                foreach (Place place in row)
                {
                    double half = place.WidthOf(boxWidth) / 2;
                    place.X = place.IsSpine ? 0 : Math.Max(Wanted(place, down ? place.Above : place.Below), least + half);
                    least = place.X + half + Gap;
                }
            }
        }
    }

    /// <summary>
    /// Where a place wants to be: a layer below the layers that it reads, a line straight on. Above a join everything wants to be where the join is, so only
    /// lines look there.
    /// </summary>
    private static double Wanted(Place place, List<Place> neighbours)
    {
        Place[] followed = [.. neighbours.Where(other => !other.IsSpine && (other.Layer is null) == (place.Layer is null))];
        return followed.Length > 0 ? followed.Average(other => other.X) : place.X;
    }

    /// <summary>A layer in its row, or where an edge passes a row.</summary>
    private sealed class Place(int? layer)
    {
        public int? Layer { get; } = layer;

        public int Row { get; set; }

        /// <summary>Whether it is on the longest way.</summary>
        public bool IsSpine { get; set; }

        public int Index { get; set; }

        public double X { get; set; }

        public List<Place> Above { get; } = [];

        public List<Place> Below { get; } = [];

        public double WidthOf(double box) => Layer is null ? 0 : box;
    }
}
