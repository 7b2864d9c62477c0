using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The way back of a convolution to an image of few channels, in two steps that fill vectors: first each place of the window times the taps of a whole row of it,
/// <c>sums[row, place, (kx, channel)]</c>, which is the way back of a convolution over the other axes alone; then each pixel of the image adds those of them that fall on it.
/// </summary>
/// <remarks>
/// With 6 channels and 5 taps a row, 30 of 32 lanes work where 6 of 16 did. The second step adds once where the first multiplies <c>kh</c> times for each channel of the
/// source.
/// </remarks>
internal sealed unsafe class TwoStepSums
{
    // The sums of an image lie in the second level of cache beside the image and its result.
    private const int MostFloats = 64 * 1024;

    // Products that one addition of the second step stands for.
    private const int FewestProducts = 8;

    private readonly Column[] _columns;
    private readonly int _channels;
    private readonly int _rowLength;
    private readonly int _step;

    private TwoStepSums(ConvolutionShape rows, ConvolutionPlan plan, int sourceWidth, int taps, int channels, PassAxis[] widths)
    {
        (Rows, Plan, _channels) = (rows, plan, channels);
        _rowLength = sourceWidth * taps * channels;
        _columns = GC.AllocateArray<Column>(widths[0].Result, pinned: true);
        foreach (PassAxis width in widths)
        {
            if (width.Taps > 1) _step = (width.TapStep * taps + width.NextTap) * channels;
            for (int place = 0; place < width.Places; place++)
            {
                int first = width.FirstTap(place), count = Math.Max(0, width.EndTap(place) - first);
                int offset = (width.Start(place) + first * width.TapStep) * taps + width.TapAt(first);
                _columns[width.ResultStart + place * width.ResultStep] = new(count == 0 ? 0 : offset * channels, count);
            }
        }
    }

    /// <summary>The convolution whose way back is the first step: one pixel wide, whose channels are those of the image for each tap of a row.</summary>
    public ConvolutionShape Rows { get; }

    /// <summary>How the first step sums.</summary>
    public ConvolutionPlan Plan { get; }

    /// <summary>Floats of memory that <see cref="Run"/> needs, whole vectors at the end of the sums included.</summary>
    public int ScratchLength => SumsLength + Plan.CopyLength;

    private int SumsLength => (Plan.ResultLength + 31) & ~15;

    /// <summary>Whether the way back of a convolution is faster in two steps.</summary>
    public static bool IsBackwardGain(ConvolutionShape shape)
    {
        (WindowAxis height, WindowAxis width) = (shape.Window.Height, shape.Window.Width);
        return IsGain(shape, shape.Window.Depth.Input * height.Input, width.Output, width.Input * width.Kernel / width.Stride, shape.Outputs, shape.Inputs);
    }

    /// <summary>The steps of the way back. <see cref="Rows"/> has the weight of the convolution as it lies.</summary>
    public static TwoStepSums Backward(ConvolutionShape shape)
    {
        WindowAxis width = shape.Window.Width;
        var rows = new ConvolutionShape(OnePixelWide(shape.Window, width.Output), width.Kernel * shape.Inputs, shape.Outputs);
        return new(rows, rows.Backward, width.Output, width.Kernel, shape.Inputs, ConvolutionPlan.Phases(width));
    }

    /// <summary>Both steps for all images.</summary>
    /// <param name="source">Images of the source.</param>
    /// <param name="weight">The weight as the first step reads it.</param>
    /// <param name="start">What sums start from, for each channel of the result; null for 0.</param>
    /// <param name="result">Images of the result.</param>
    /// <param name="scratch">Memory for <see cref="ScratchLength"/> floats.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V, TEpilogue>(float* source, float* weight, float* start, float* result, float* scratch, int images, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        int rows = Plan.ResultLength / _rowLength;
        for (; images > 0; images--)
        {
            Sweep.Run<V, Activated<Identity>>(Plan, source, weight, null, scratch, scratch + SumsLength, 1, default);
            Add<V, TEpilogue>(scratch, start, result, rows, epilogue);
            source += Plan.SourceLength;
            result += (nint)rows * _columns.Length * _channels;
        }
    }

    /// <summary>The second step for one image.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Add<V, TEpilogue>(float* sums, float* start, float* result, int rows, TEpilogue epilogue)
        where V : struct, IVector16<V> where TEpilogue : struct, ITileEpilogue
    {
        int channels = _channels;
        nint step = _step, rowLength = _rowLength;
        V first = start == null ? V.Broadcast(0) : V.LoadPartial(in *start, channels);
        var columns = (Column*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_columns));
        Column* end = columns + _columns.Length;
        for (; rows > 0; rows--)
        {
            for (Column* column = columns; column < end; column++)
            {
                V sum = first;
                float* x = sums + column->Offset;
                for (int tap = column->Taps; tap > 0; tap--)
                {
                    sum += V.Load(in *x);
                    x += step;
                }
                Cut.Store(epilogue.Finish<V, Cut>(sum, result, 0, channels), result, channels);
                result += channels;
            }
            sums += rowLength;
        }
    }

    // Compared are the vectors that are multiplied in a row of the result, in two steps and in one. Tiles of one vector, as those of few channels, run at two thirds of the speed of
    // wider ones.
    private static bool IsGain(ConvolutionShape shape, int rows, int sources, int taps, int sourceChannels, int channels)
    {
        SlidingWindow window = shape.Window;
        int kernel = window.Width.Kernel, vectors = (kernel * channels + 15) / 16;
        return shape.Groups == 1 && channels < 16 && kernel > 1 && sources > 0 && window.Taps / kernel * sourceChannels >= FewestProducts
            && sources * vectors * 3 <= taps * 2 && (long)rows * sources * kernel * channels <= MostFloats;
    }

    private static SlidingWindow OnePixelWide(SlidingWindow window, int width)
    {
        (WindowAxis depth, WindowAxis height) = (window.Depth, window.Height);
        return new(
            [depth.Input, height.Input, width], [depth.Output, height.Output, width], [depth.Kernel, height.Kernel, 1],
            [depth.Stride, height.Stride, 1], [depth.Dilation, height.Dilation, 1], [depth.Padding, height.Padding, 0]);
    }

    /// <summary>The sums that a pixel of the result adds: where in a row the first lies, and how many there are.</summary>
    private readonly record struct Column(int Offset, int Taps);
}
