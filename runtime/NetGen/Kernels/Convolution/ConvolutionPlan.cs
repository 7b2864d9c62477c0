namespace NetGen.CompilerServices;

/// <summary>
/// What a convolution, or its way back, does for one image: which pixels of a source are summed for which pixels of a result. It depends on the shape alone and
/// is made once.
/// </summary>
internal sealed class ConvolutionPlan
{
    // An image that the second level of cache holds beside a weight is copied at once, a larger one in bands that the first level holds.
    private const int WholeFloats = 16 * 1024;
    private const int BandFloats = 8 * 1024;

    // A chain of additions in the gradient of a weight is a row or more.
    private const int MostJoinedPixels = 1024;

    private ConvolutionPlan(ConvolutionShape shape, bool backwards, PassAxis[] depths, PassAxis[] heights, PassAxis[] widths)
    {
        Groups = shape.Groups;
        SourceChannels = backwards ? shape.Outputs : shape.Inputs;
        ResultChannels = backwards ? shape.Inputs : shape.Outputs;
        SourceLength = backwards ? shape.OutputLength : shape.InputLength;
        ResultLength = backwards ? shape.InputLength : shape.OutputLength;
        WeightLength = shape.WeightLength;
        (SourceDepth, SourceHeight, SourceWidth) = (depths[0].Source, heights[0].Source, widths[0].Source);
        (ResultHeight, ResultWidth) = (heights[0].Result, widths[0].Result);
        int right = 0;
        foreach (PassAxis width in widths)
        {
            if (width.Places == 0 || width.Taps == 0) continue;
            Left = Math.Max(Left, -width.SourceStart);
            right = Math.Max(right, width.LastSource - (SourceWidth - 1));
        }
        CopiedWidth = Left + SourceWidth + right;
        IsCopied = CopiedWidth > SourceWidth;
        var passes = new List<Pass>();
        int weightRow = 0;
        foreach (PassAxis depth in depths)
        {
            foreach (PassAxis height in heights)
            {
                foreach (PassAxis width in widths)
                {
                    var pass = new Pass(depth, height, width, weightRow, this);
                    weightRow += pass.WeightRows;
                    if (depth.Places > 0 && height.Places > 0 && width.Places > 0) passes.Add(pass);
                }
            }
        }
        Passes = [.. passes];
        if (shape.IsWinograd) Winograd = new(this);
        if (!IsCopied) return;
        IsCopiedWhole = SourceDepth > 1 || SourceHeight * RowLength <= WholeFloats;
        CopyLength = SourceDepth * SourceHeight * RowLength;
        if (!IsCopiedWhole) CopyLength = Passes.Length == 0 ? 0 : Passes.Max(pass => pass.Height.SourcesOf(pass.PlacesInBand)) * RowLength;
    }

    public Pass[] Passes { get; }

    public int Groups { get; }

    public int SourceChannels { get; }

    public int ResultChannels { get; }

    public int SourceDepth { get; }

    public int SourceHeight { get; }

    public int SourceWidth { get; }

    public int ResultHeight { get; }

    public int ResultWidth { get; }

    /// <summary>Floats of a source image.</summary>
    public int SourceLength { get; }

    /// <summary>Floats of a result image.</summary>
    public int ResultLength { get; }

    /// <summary>Whether rows of the source are copied between zeros, because windows overhang at their ends.</summary>
    public bool IsCopied { get; }

    /// <summary>Whether each row of a window is three floats: three pixels of one channel, or one of three.</summary>
    public bool HasRowsOfThree =>
        Groups == 1 && Passes.Length == 1 && Passes[0].Depth is { Source: 1, Places: 1, Taps: 1, SourceStart: 0 } && Passes[0].RunLength == 3 && Passes[0].RunsInRow == 1
            && Passes[0].Height.Taps > 1;

    /// <summary>Whether an image is copied at once.</summary>
    public bool IsCopiedWhole { get; }

    /// <summary>Floats of a copy.</summary>
    public int CopyLength { get; }

    /// <summary>The same sums with fewer products; null for the definition.</summary>
    public WinogradSums? Winograd { get; }

    /// <summary>Floats of memory that sums need.</summary>
    public int ScratchLength => Winograd?.ScratchLength ?? CopyLength;

    /// <summary>Rows of places that share a copy of source rows.</summary>
    public int PlacesInBand(PassAxis height) =>
        Math.Max(1, (BandFloats / RowLength - height.SourcesOf(1)) / height.SourceStep + 1);

    /// <summary>Pixels of a row as it is read, zeros included.</summary>
    public int CopiedWidth { get; }

    /// <summary>Zero pixels before a copied row.</summary>
    public int Left { get; }

    /// <summary>Floats from row to row as they are read.</summary>
    public int RowLength => CopiedWidth * SourceChannels;

    /// <summary>Channels of the source in a group.</summary>
    public int GroupSources => SourceChannels / Groups;

    /// <summary>Channels of the result in a group.</summary>
    public int GroupResults => ResultChannels / Groups;

    /// <summary>Floats of the weight.</summary>
    public int WeightLength { get; }

    /// <summary>Rows of a group's weight.</summary>
    public int GroupWeightRows => WeightLength / ResultChannels;

    /// <summary>From an image to the places of the window.</summary>
    public static ConvolutionPlan Forward(ConvolutionShape shape)
    {
        (WindowAxis depth, WindowAxis height, WindowAxis width) = Axes(shape.Window);
        return new(shape, false, [Places(depth)], [Places(height)], [Places(width)]);
    }

    /// <summary>From the places of the window back to the image: one pass for each phase of the strides, so that no product is with an inserted zero.</summary>
    public static ConvolutionPlan Backward(ConvolutionShape shape)
    {
        (WindowAxis depth, WindowAxis height, WindowAxis width) = Axes(shape.Window);
        return new(shape, true, Phases(depth), Phases(height), Phases(width));
    }

    /// <summary>The places of the window along one axis.</summary>
    public static PassAxis Places(WindowAxis axis) => new(axis.Output, axis.Input, -axis.Padding, axis.Stride, axis.Kernel, axis.Dilation, axis.Output, 0, 1, 0, 1);

    /// <summary>The pixels of one axis by their phase of the stride.</summary>
    // Pixel i is read by tap k of place o where o * stride = i + padding - k * dilation. With i + padding = stride * q + phase, the taps of a phase are those with
    // k * dilation = phase (mod stride), from the last one down, and o = q + (phase - k * dilation) / stride.
    public static PassAxis[] Phases(WindowAxis axis)
    {
        var phases = new PassAxis[axis.Stride];
        for (int phase = 0; phase < axis.Stride; phase++)
        {
            int first = ((phase - axis.Padding) % axis.Stride + axis.Stride) % axis.Stride;
            int places = Math.Max(0, (axis.Input - first + axis.Stride - 1) / axis.Stride);
            int last = -1, taps = 0, between = 0;
            for (int k = 0; k < axis.Kernel; k++)
            {
                if ((k * axis.Dilation - phase) % axis.Stride != 0) continue;
                if (taps > 0) between = k - last;
                last = k;
                taps++;
            }
            int start = taps == 0 ? 0 : (first + axis.Padding - last * axis.Dilation) / axis.Stride;
            phases[phase] = new(places, axis.Output, start, 1, taps, between * axis.Dilation / axis.Stride, axis.Input, first, axis.Stride, last, -between);
        }
        return phases;
    }

    // A window of one pixel sees no rows: as many as make a row of moderate length are taken as one, so that tiles are full.
    private static (WindowAxis Depth, WindowAxis Height, WindowAxis Width) Axes(SlidingWindow window)
    {
        if (window.Taps > 1 || !IsWhole(window.Depth) || !IsWhole(window.Height) || !IsWhole(window.Width)) return (window.Depth, window.Height, window.Width);
        int rows = window.Depth.Input * window.Height.Input, joined = Math.Max(1, Math.Min(rows, MostJoinedPixels / window.Width.Input));
        while (rows % joined != 0) joined--;
        return (Pixels(1), Pixels(rows / joined), Pixels(joined * window.Width.Input));

        static bool IsWhole(WindowAxis axis) => axis.Stride == 1 && axis.Padding == 0 && axis.Input == axis.Output;

        static WindowAxis Pixels(int count) => new(count, count, 1, 1, 1, 0);
    }
}
