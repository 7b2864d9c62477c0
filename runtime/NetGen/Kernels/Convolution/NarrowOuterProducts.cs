using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The gradient of a weight from one channel to few: rows of it are rows of the window, <c>[kh, (kw, Co)]</c>, and fill vectors.</summary>
/// <remarks>
/// Pixel i of a row meets the places <c>i + padding - kx</c> of the window; for falling kx these, with their channels, follow one another in the gradient of the result.
/// So a row of the product is <c>sum over pixels of x[pixel] * dy[kw places from the pixel's last tap on]</c>, where dy has zeros before and behind each row.
/// </remarks>
internal readonly unsafe struct NarrowOuterProducts
{
    private readonly ConvolutionShape _shape;
    private readonly Part _part;
    private readonly int _rowsInChain;
    private readonly bool _isCopied;

    public NarrowOuterProducts(ConvolutionShape shape, Part part)
    {
        (_shape, _part) = (shape, part);
        WindowAxis height = shape.Window.Height;
        _rowsInChain = Math.Clamp(OuterProducts.PixelsInChain / shape.Window.Width.Input, 1, height.Output);
        _isCopied = height.Padding > 0 || SourceRows > height.Input;
    }

    /// <summary>Floats of memory that <see cref="Add"/> needs.</summary>
    public int ScratchLength => RunsLength + SumsLength + GradientLength + (_isCopied ? SourceRows * _shape.Window.Width.Input : 0);

    private int SourceRows => ConvolutionPlan.Places(_shape.Window.Height).SourcesOf(_shape.Window.Height.Output);

    /// <summary>A row of the window in the gradient of the weight.</summary>
    private int RowLength => _shape.Window.Width.Kernel * _shape.Outputs;

    /// <summary>A row of places between zeros.</summary>
    private int PaddedLength => (_shape.Window.Width.Input + _shape.Window.Width.Kernel - 1) * _shape.Outputs;

    private int RunsLength => _rowsInChain * sizeof(Run) / sizeof(float);

    private int SumsLength => _shape.Window.Height.Kernel * RowLength;

    // A tile reads whole vectors, up to three of them, beyond the last row.
    private int GradientLength => _rowsInChain * PaddedLength + 48;

    /// <summary>Whether this is faster than tiles of single taps.</summary>
    public static bool IsGain(ConvolutionShape shape)
    {
        (WindowAxis depth, WindowAxis width) = (shape.Window.Depth, shape.Window.Width);
        // Of windows three pixels wide, all rows are one tile otherwise.
        if (shape.Forward.HasRowsOfThree && shape.Outputs > 5) return false;
        return shape.Inputs == 1 && shape.Outputs < 16 && shape.Groups == 1 && shape.Window.Height.Kernel > 1 && width.Kernel > 1
            && depth is { Input: 1, Output: 1, Kernel: 1, Padding: 0 }
            && width is { Stride: 1, Dilation: 1 } && width.Padding < width.Kernel && width.Output <= width.Input + width.Padding;
    }

    /// <summary>Writes this part, whole rows of the window, of <paramref name="dw"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Add<V>(float* x, float* dy, float* dw, int images, float* scratch) where V : struct, IVector16<V>
    {
        (WindowAxis height, WindowAxis width) = (_shape.Window.Height, _shape.Window.Width);
        if (_part.Count == 0) return;
        int outputs = _shape.Outputs, placesLength = width.Output * outputs, firstRow = _part.Start / width.Kernel, rows = _part.Count / width.Kernel;
        var runs = (Run*)scratch;
        float* sums = scratch + RunsLength, gradient = sums + SumsLength, copy = gradient + GradientLength;
        new Span<float>(sums, ScratchLength - RunsLength).Clear();
        for (int i = 0; i < _rowsInChain; i++) runs[i] = new((nint)i * height.Stride * width.Input, (nint)i * PaddedLength);
        var o = new RunOperands
        {
            RowStep = (nint)height.Dilation * width.Input,
            TripleStep = 3 * (nint)height.Dilation * width.Input,
            InnerStep = 1,
            BStep = outputs,
            CStep = RowLength,
            Runs = runs,
            RunLength = width.Input,
            LastWhole = gradient + _rowsInChain * PaddedLength,
        };
        int copied = Math.Min(height.Input, SourceRows - height.Padding) * width.Input;
        for (; images > 0; images--)
        {
            float* source = x;
            if (_isCopied)
            {
                if (copied > 0) new ReadOnlySpan<float>(x, copied).CopyTo(new Span<float>(copy + height.Padding * width.Input, copied));
                source = copy;
            }
            source += firstRow * o.RowStep;
            for (int place = 0; place < height.Output; place += _rowsInChain)
            {
                o.RunCount = Math.Min(_rowsInChain, height.Output - place);
                for (int i = 0; i < o.RunCount; i++)
                {
                    new ReadOnlySpan<float>(dy, placesLength).CopyTo(new Span<float>(gradient + i * PaddedLength + (width.Kernel - 1 - width.Padding) * outputs, placesLength));
                    dy += placesLength;
                }
                Chain<V>(ref o, source + (nint)place * height.Stride * width.Input, gradient, sums, rows);
            }
            x += _shape.InputLength;
        }
        dw += (nint)_part.Start * outputs;
        for (int row = 0; row < rows; row++)
        {
            for (int tap = width.Kernel - 1; tap >= 0; tap--)
            {
                new ReadOnlySpan<float>(sums + row * RowLength + tap * outputs, outputs).CopyTo(new Span<float>(dw, outputs));
                dw += outputs;
            }
        }
    }

    /// <summary>Adds the products of some rows of places.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Chain<V>(ref RunOperands o, float* source, float* gradient, float* sums, int rows) where V : struct, IVector16<V>
    {
        Strips strips = Gemm.Divide<V>(RowLength);
        int column = 0;
        for (int strip = 0; strip < strips.Count; strip++)
        {
            int vectors = strips.Vectors(strip);
            o.A = source;
            o.B = gradient + column;
            o.C = sums + column;
            o.Lanes = Math.Min(16, RowLength - column - (vectors - 1) * 16);
            if (vectors == 1) OuterProducts.Strip<V, Row1<V, Cut>>(ref o, rows);
            else if (vectors == 2) OuterProducts.Strip<V, Row2<V, Cut>>(ref o, rows);
            else OuterProducts.Strip<V, Row3<V, Cut>>(ref o, rows);
            column += vectors * 16;
        }
    }
}
