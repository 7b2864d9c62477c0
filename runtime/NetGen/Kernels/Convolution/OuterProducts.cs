using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Sums of outer products of pixels and gradients: rows of the gradient of a weight.</summary>
/// <remarks>
/// A tile is some channels of neighbouring taps by vectors of result channels. Its sums go along one row of places after the other, so that each is a product of a
/// transposed matrix with another, and nothing is transposed. The rows of places of a chain, a fixed number that depends on the shape alone, are added in registers, chains in memory.
/// </remarks>
internal readonly unsafe struct OuterProducts
{
    // Pixels in a chain of additions: enough to outweigh the loads and stores of the sums, few enough that their pixels stay in cache and that large images lose no digits.
    public const int PixelsInChain = 512;

    private readonly ConvolutionPlan _plan;
    private readonly Pass _pass;
    private readonly Part _part;
    private readonly int _rowsInChain;
    private readonly int _rowsInImage;
    private readonly int _imagesInCopy;
    private readonly bool _isInBands;
    private readonly bool _isTall;

    public OuterProducts(ConvolutionPlan plan, Part part, bool hasTallTiles)
    {
        (_plan, _pass, _part) = (plan, plan.Passes[0], part);
        _isTall = hasTallTiles && plan.HasRowsOfThree;
        _rowsInImage = _pass.Depth.Places * _pass.Height.Places;
        _rowsInChain = Math.Max(1, PixelsInChain / _pass.Width.Places);
        _imagesInCopy = Math.Max(1, _rowsInChain / _rowsInImage);
        if (_isTall)
        {
            _imagesInCopy = 1;
            return;
        }
        _isInBands = plan.IsCopied && !plan.IsCopiedWhole;
        if (_isInBands) _rowsInChain = _pass.PlacesInBand;
        else if (_imagesInCopy > 1) _rowsInChain = _imagesInCopy * _rowsInImage;
    }

    /// <summary>Floats of memory that <see cref="Add"/> needs.</summary>
    public int ScratchLength => RunsLength + (_isTall ? TallLength : _isInBands ? _plan.CopyLength : _plan.CopyLength * _imagesInCopy);

    /// <summary>Rows of the source, with those above and below it that windows overhang.</summary>
    private int TallLength => _pass.Height.SourcesOf(_pass.Height.Places) * _plan.RowLength;

    private int RunsLength => _rowsInChain * sizeof(Run) / sizeof(float);

    /// <summary>Adds the outer products of all images to this part of the rows of <paramref name="dw"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Add<V>(float* x, float* dy, float* dw, int images, float* scratch) where V : struct, IVector16<V>
    {
        float* dyEnd = dy + (nint)images * _plan.ResultLength;
        var runs = (Run*)scratch;
        float* copy = scratch + RunsLength;
        int rowLength = _pass.Width.Places * _plan.ResultChannels;
        if (_isTall)
        {
            Tall<V>(x, dy, dyEnd, dw, images, runs, copy);
            return;
        }
        if (_plan.IsCopied) SourceRows.ClearMargins(_plan, copy, ScratchLength - RunsLength);
        if (_isInBands)
        {
            PassAxis height = _pass.Height;
            for (; images > 0; images--)
            {
                for (int first = 0; first < height.Places; first += _rowsInChain)
                {
                    int count = Math.Min(_rowsInChain, height.Places - first);
                    float* source = SourceRows.CopyBand(_plan, height, x, copy, first, count);
                    Chain<V>(source, dy + (nint)first * rowLength, dyEnd, dw, runs, first, count);
                }
                x += _plan.SourceLength;
                dy += _plan.ResultLength;
            }
            return;
        }
        for (; images > 0; images -= _imagesInCopy)
        {
            int copied = Math.Min(images, _imagesInCopy);
            float* source = x;
            if (_plan.IsCopied)
            {
                SourceRows.Copy(_plan, x, copy, copied * _plan.SourceDepth * _plan.SourceHeight);
                source = copy;
            }
            int rows = copied * _rowsInImage;
            for (int first = 0; first < rows; first += _rowsInChain)
            {
                Chain<V>(source, dy + (nint)first * rowLength, dyEnd, dw, runs, first, Math.Min(_rowsInChain, rows - first));
            }
            x += (nint)copied * _plan.SourceLength;
            dy += (nint)copied * _plan.ResultLength;
        }
    }

    /// <summary>
    /// As <see cref="Add"/>, where a row of the window is three floats: too few rows of the weight for a tile, so that a tile is all of them. Source rows outside the
    /// image are zeros, because every row of places goes to every row of the window.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Tall<V>(float* x, float* dy, float* dyEnd, float* dw, int images, Run* runs, float* copy) where V : struct, IVector16<V>
    {
        PassAxis height = _pass.Height;
        int columns = _plan.ResultChannels, rowLength = _pass.Width.Places * columns;
        int above = Math.Max(0, -height.SourceStart), below = Math.Max(0, height.SourceStart);
        int copied = Math.Min(height.Source - below, height.SourcesOf(height.Places) - above);
        new Span<float>(copy, TallLength).Clear();
        Strips strips = Gemm.Divide<V>(columns);
        var o = new RunOperands
        {
            RowStep = 1,
            TripleStep = height.TapStep * _plan.RowLength,
            InnerStep = _pass.Width.SourceStep * _plan.SourceChannels,
            BStep = columns,
            CStep = columns,
            Runs = runs,
            RunLength = _pass.Width.Places,
        };
        for (; images > 0; images--)
        {
            if (copied > 0) SourceRows.Copy(_plan, x + (nint)below * _plan.SourceWidth * _plan.SourceChannels, copy + (nint)above * _plan.RowLength, copied);
            for (int first = 0; first < height.Places; first += _rowsInChain)
            {
                o.RunCount = Math.Min(_rowsInChain, height.Places - first);
                for (int i = 0; i < o.RunCount; i++)
                {
                    nint offset = (nint)(first + i) * height.SourceStep * _plan.RowLength + (_plan.Left + _pass.Width.SourceStart) * _plan.SourceChannels;
                    runs[i] = new(offset, (nint)i * rowLength);
                }
                int column = 0;
                for (int strip = 0; strip < strips.Count; strip++)
                {
                    int vectors = strips.Vectors(strip);
                    o.B = dy + (nint)first * rowLength + column;
                    o.LastWhole = dyEnd - vectors * 16;
                    o.Lanes = Math.Min(16, columns - column - (vectors - 1) * 16);
                    int most = Gemm.MostRows<V>(vectors) / 3 * 3;
                    int tiles = (_part.Count + most - 1) / most;
                    int high = (_part.Count / 3 + tiles - 1) / tiles * 3;
                    for (int done = 0; done < _part.Count; done += high)
                    {
                        int row = _part.Start + done;
                        o.A = copy + row / 3 * o.TripleStep;
                        o.C = dw + (nint)row * columns + column;
                        o.Tiles = 1;
                        int rows = Math.Min(high, _part.Count - done);
                        if (o.Lanes == 16)
                        {
                            if (vectors == 1) RunTiles.Run<V, Row1<V, Whole>, Accumulated>(ref o, rows, default);
                            else if (vectors == 2) RunTiles.Run<V, Row2<V, Whole>, Accumulated>(ref o, rows, default);
                            else RunTiles.Run<V, Row3<V, Whole>, Accumulated>(ref o, rows, default);
                        }
                        else
                        {
                            if (vectors == 1) RunTiles.Run<V, Row1<V, Cut>, Accumulated>(ref o, rows, default);
                            else if (vectors == 2) RunTiles.Run<V, Row2<V, Cut>, Accumulated>(ref o, rows, default);
                            else RunTiles.Run<V, Row3<V, Cut>, Accumulated>(ref o, rows, default);
                        }
                    }
                    column += vectors * 16;
                }
            }
            x += _plan.SourceLength;
            dy += _plan.ResultLength;
        }
    }

    /// <summary>Adds the products of some rows of places.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Chain<V>(float* source, float* dy, float* dyEnd, float* dw, Run* runs, int firstRow, int rows) where V : struct, IVector16<V>
    {
        int columns = _plan.GroupResults, height = _pass.RunLength;
        Strips strips = Gemm.Divide<V>(columns);
        int end = _part.Start + _part.Count;
        var o = new RunOperands
        {
            RowStep = 1,
            TripleStep = 3,
            InnerStep = _pass.Width.SourceStep * _plan.SourceChannels,
            BStep = _plan.ResultChannels,
            CStep = columns,
            Runs = runs,
            RunLength = _pass.Width.Places,
        };
        int next;
        for (int row = _part.Start; row < end; row = next)
        {
            // The rows of the weight that read neighbouring floats.
            (int segment, int inSegment) = Math.DivRem(row, height);
            next = Math.Min(end, row + height - inSegment);
            (int group, int run) = Math.DivRem(segment, _pass.RunCount);
            o.RunCount = Select(runs, run, firstRow, rows);
            if (o.RunCount == 0) continue;
            float* a = source + group * _plan.GroupSources + inSegment;
            int column = 0;
            for (int strip = 0; strip < strips.Count; strip++)
            {
                int vectors = strips.Vectors(strip);
                o.A = a;
                o.B = dy + group * columns + column;
                o.C = dw + (nint)row * columns + column;
                o.LastWhole = dyEnd - vectors * 16;
                o.Lanes = Math.Min(16, columns - column - (vectors - 1) * 16);
                if (o.Lanes == 16)
                {
                    if (vectors == 1) Strip<V, Row1<V, Whole>>(ref o, next - row);
                    else if (vectors == 2) Strip<V, Row2<V, Whole>>(ref o, next - row);
                    else Strip<V, Row3<V, Whole>>(ref o, next - row);
                }
                else
                {
                    if (vectors == 1) Strip<V, Row1<V, Cut>>(ref o, next - row);
                    else if (vectors == 2) Strip<V, Row2<V, Cut>>(ref o, next - row);
                    else Strip<V, Row3<V, Cut>>(ref o, next - row);
                }
                column += vectors * 16;
            }
        }
    }

    /// <summary>The rows of places for which a run of the window lies inside the source. Gives their number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private int Select(Run* runs, int run, int firstRow, int rows)
    {
        PassAxis depth = _pass.Depth, height = _pass.Height;
        (int slice, int row) = Math.DivRem(run / _pass.RunsInRow, height.Taps);
        nint offset = _pass.Runs[run].A + (_plan.Left + _pass.Width.SourceStart) * _plan.SourceChannels;
        int count = 0;
        (int place, int y) = Math.DivRem(firstRow, height.Places);
        (int image, int z) = Math.DivRem(place, depth.Places);
        for (int i = 0; i < rows; i++)
        {
            int fromZ = depth.Start(z), fromY = height.Start(y);
            if ((uint)(fromZ + slice * depth.TapStep) < (uint)depth.Source && (uint)(fromY + row * height.TapStep) < (uint)height.Source)
            {
                nint sourceRow = ((nint)image * depth.Source + fromZ) * height.Source + fromY;
                runs[count++] = new(sourceRow * _plan.RowLength + offset, (nint)i * _pass.Width.Places * _plan.ResultChannels);
            }
            if (++y < height.Places) continue;
            y = 0;
            if (++z < depth.Places) continue;
            z = 0;
            image++;
        }
        return count;
    }

    /// <summary>All rows of a strip, in tiles that differ by one row at most.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Strip<V, R>(ref RunOperands o, int rows) where V : struct, IVector16<V> where R : struct, ITileRow<R, V>
    {
        int most = Gemm.MostRows<V>(R.Vectors);
        int tiles = (rows + most - 1) / most;
        int low = rows / tiles, higher = rows - low * tiles;
        if (higher > 0)
        {
            o.Tiles = higher;
            RunTiles.Run<V, R, Accumulated>(ref o, low + 1, default);
        }
        o.Tiles = tiles - higher;
        RunTiles.Run<V, R, Accumulated>(ref o, low, default);
    }
}
