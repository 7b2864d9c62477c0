using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The result images of a <see cref="ConvolutionPlan"/>, by tiles of pixels of one row and vectors of channels.</summary>
/// <remarks>
/// The pixels of a tile lie at a constant distance in a row of the source. What a window reads of one row of the source lies there in one run, so the sums of a tile go
/// through one run for each row of the window, and nothing is gathered but the rows that windows overhang, which are copied between zeros. Rows of the window above or
/// below the source are left out.
/// </remarks>
internal static unsafe class Sweep
{
    /// <summary>Operands of all tiles of some rows of the result.</summary>
    private ref struct Rows
    {
        /// <summary>The first pixel of the source as it is read; of a band, where it would lie.</summary>
        public float* Source;

        public float* Result;

        /// <summary>Memory for the runs of one row.</summary>
        public Run* Selected;

        public int FirstRow, EndRow;
    }

    /// <summary>All images.</summary>
    /// <param name="plan">Which pixels are summed.</param>
    /// <param name="source">Images of the source.</param>
    /// <param name="weight">As many matrices as groups, rows in the order of the passes.</param>
    /// <param name="start">What sums start from, for each channel of the result; null for 0.</param>
    /// <param name="result">Images of the result.</param>
    /// <param name="copy">Memory for <see cref="ConvolutionPlan.CopyLength"/> floats.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, TEpilogue>(
        ConvolutionPlan plan, float* source, float* weight, float* start, float* result, float* copy, int images, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        if (plan.IsCopied) SourceRows.ClearMargins(plan, copy, plan.CopyLength);
        for (; images > 0; images--)
        {
            if (plan.IsCopiedWhole) SourceRows.Copy(plan, source, copy, plan.SourceDepth * plan.SourceHeight);
            foreach (Pass pass in plan.Passes) RunRows<V, TEpilogue>(plan, pass, source, weight, start, result, copy, 0, pass.Height.Places, epilogue);
            source += plan.SourceLength;
            result += plan.ResultLength;
        }
    }

    /// <summary>Some rows of places of one image. The margins of the copy are zeros, and an image that is copied whole has been.</summary>
    /// <param name="plan">Which pixels are summed.</param>
    /// <param name="pass">A pass of the plan.</param>
    /// <param name="source">The image of the source.</param>
    /// <param name="weight">As many matrices as groups, rows in the order of the passes.</param>
    /// <param name="start">What sums start from, for each channel of the result; null for 0.</param>
    /// <param name="result">Where the first row of the result lies, or would lie.</param>
    /// <param name="copy">Memory for <see cref="ConvolutionPlan.CopyLength"/> floats.</param>
    /// <param name="first">The first row of places.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void RunRows<V, TEpilogue>(
        ConvolutionPlan plan, Pass pass, float* source, float* weight, float* start, float* result, float* copy, int first, int end, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        var rows = new Rows { Result = result, FirstRow = first, EndRow = end };
        if (!plan.IsCopied || plan.IsCopiedWhole)
        {
            rows.Source = plan.IsCopied ? copy : source;
            Groups<V, TEpilogue>(plan, pass, in rows, weight, start, epilogue);
            return;
        }
        for (; first < end; first = rows.EndRow)
        {
            rows.FirstRow = first;
            rows.EndRow = Math.Min(end, first + pass.PlacesInBand);
            rows.Source = SourceRows.CopyBand(plan, pass.Height, source, copy, first, rows.EndRow - first);
            Groups<V, TEpilogue>(plan, pass, in rows, weight, start, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Groups<V, TEpilogue>(ConvolutionPlan plan, Pass pass, in Rows rows, float* weight, float* start, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        int columns = plan.GroupResults;
        // Rows that fit one tile of two vectors read the weight once.
        int most = Gemm.MostVectors<V>();
        if (most == 3 && pass.Width.Places > Gemm.MostRows<V>(3) && pass.Width.Places <= Gemm.MostRows<V>(2)) most = 2;
        var strips = new Strips((columns + 15) / 16, most);
        Rows here = rows;
        // Only a volume has rows whose runs do not follow one another.
        Run* selected = stackalloc Run[pass.Depth.Taps > 1 ? pass.RunCount : 0];
        here.Selected = selected;
        float* weightEnd = weight + plan.WeightLength;
        weight += (nint)pass.WeightRow * columns;
        var o = new RunOperands
        {
            Start = start,
            RowStep = pass.Width.SourceStep * plan.SourceChannels,
            TripleStep = 3 * pass.Width.SourceStep * plan.SourceChannels,
            InnerStep = 1,
            BStep = columns,
            CStep = (nint)pass.Width.ResultStep * plan.ResultChannels,
            RunLength = pass.RunLength,
        };
        for (int group = 0; group < plan.Groups; group++)
        {
            int column = 0;
            for (int strip = 0; strip < strips.Count; strip++)
            {
                int vectors = strips.Vectors(strip);
                o.B = weight + column;
                o.LastWhole = weightEnd - vectors * 16;
                o.Lanes = Math.Min(16, columns - column - (vectors - 1) * 16);
                if (o.Lanes == 16)
                {
                    if (vectors == 1) Strip<V, Row1<V, Whole>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                    else if (vectors == 2) Strip<V, Row2<V, Whole>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                    else Strip<V, Row3<V, Whole>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                }
                else
                {
                    if (vectors == 1) Strip<V, Row1<V, Cut>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                    else if (vectors == 2) Strip<V, Row2<V, Cut>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                    else Strip<V, Row3<V, Cut>, TEpilogue>(plan, pass, ref o, in here, epilogue);
                }
                int width = (vectors - 1) * 16 + o.Lanes;
                column += width;
                here.Result += width;
                if (o.Start != null) o.Start += width;
                epilogue.Skip(width);
            }
            here.Source += plan.GroupSources;
            weight += (nint)plan.GroupWeightRows * columns;
        }
    }

    /// <summary>All rows of one strip of columns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Strip<V, R, TEpilogue>(ConvolutionPlan plan, Pass pass, ref RunOperands o, in Rows rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where R : struct, ITileRow<R, V> where TEpilogue : struct, ITileEpilogue
    {
        PassAxis depth = pass.Depth, height = pass.Height, width = pass.Width;
        Run* runs = pass.Runs;
        int most = Gemm.MostRows<V>(R.Vectors);
        // On narrower vectors three vectors of the weight would leave too few registers for sums.
        bool threeTaps = typeof(V) == typeof(Vector512x1) && R.Vectors == 1 && pass.HasThreeTaps;
        int tiles = (width.Places + most - 1) / most;
        int low = width.Places / tiles, higher = width.Places - low * tiles;
        float* source = rows.Source + (plan.Left + width.SourceStart) * plan.SourceChannels;
        float* result = rows.Result + width.ResultStart * plan.ResultChannels;
        for (int z = 0; z < depth.Places; z++)
        {
            int firstSlice = depth.FirstTap(z), slices = depth.EndTap(z) - firstSlice;
            for (int y = rows.FirstRow; y < rows.EndRow; y++)
            {
                int firstRow = height.FirstTap(y), windowRows = height.EndTap(y) - firstRow;
                o.Runs = runs + (firstSlice * height.Taps + firstRow) * pass.RunsInRow;
                o.RunCount = slices <= 0 || windowRows <= 0 ? 0 : slices * windowRows * pass.RunsInRow;
                if (slices > 1 && windowRows < height.Taps) Select(ref o, rows.Selected, slices, windowRows * pass.RunsInRow, height.Taps * pass.RunsInRow);
                o.A = source + ((nint)depth.Start(z) * plan.SourceHeight + height.Start(y)) * plan.RowLength;
                nint row = (nint)(depth.ResultStart + z * depth.ResultStep) * plan.ResultHeight + height.ResultStart + y * height.ResultStep;
                o.C = result + row * plan.ResultWidth * plan.ResultChannels;
                if (higher > 0)
                {
                    o.Tiles = higher;
                    if (threeTaps) RunTiles.RunThreeTaps<V, R, TEpilogue>(ref o, low + 1, epilogue);
                    else RunTiles.Run<V, R, TEpilogue>(ref o, low + 1, epilogue);
                }
                o.Tiles = tiles - higher;
                if (threeTaps) RunTiles.RunThreeTaps<V, R, TEpilogue>(ref o, low, epilogue);
                else RunTiles.Run<V, R, TEpilogue>(ref o, low, epilogue);
            }
        }
    }

    /// <summary>The same <paramref name="count"/> runs of each of some slices of the window.</summary>
    private static void Select(ref RunOperands o, Run* selected, int slices, int count, int inSlice)
    {
        for (int slice = 0; slice < slices; slice++)
        {
            new ReadOnlySpan<Run>(o.Runs + slice * inSlice, count).CopyTo(new Span<Run>(selected + slice * count, count));
        }
        o.Runs = selected;
    }
}
