using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A convolution to few channels as one to more: neighbouring places of the window become one place of a wider window, whose channels are those of each of them. The result
/// lies in memory as before.
/// </summary>
/// <remarks>
/// The weight has zeros where a place does not read a tap of the wider window. Two places of 8 channels with 3 taps at a stride of 2 share 5 taps, so that 5 whole vectors are
/// multiplied where 6 half empty ones were. Adding zeros leaves the bits of a sum as they are.
/// </remarks>
internal static unsafe class PixelGroups
{
    // Channels of a group: one vector.
    private const int Most = 16;

    /// <summary>Places that outweigh arranging a weight anew in each call.</summary>
    private const int FewestPlaces = 64;

    /// <summary>Places in a group; 1 where groups are no gain.</summary>
    public static int Size(ConvolutionShape shape)
    {
        WindowAxis width = shape.Window.Width;
        if (shape.Groups > 1 || shape.Outputs > Most / 2 || width.Kernel <= width.Stride || width.Dilation > 1 || shape.Window.OutputPixels < FewestPlaces) return 1;
        int size = Most / shape.Outputs;
        while (width.Output % size != 0) size--;
        return size;
    }

    /// <summary>The convolution whose places are groups of <paramref name="size"/> places.</summary>
    public static ConvolutionShape Of(ConvolutionShape shape, int size)
    {
        (WindowAxis depth, WindowAxis height, WindowAxis width) = (shape.Window.Depth, shape.Window.Height, shape.Window.Width);
        SlidingWindow window = new(
            [depth.Input, height.Input, width.Input], [depth.Output, height.Output, width.Output / size],
            [depth.Kernel, height.Kernel, (size - 1) * width.Stride + width.Kernel], [depth.Stride, height.Stride, size * width.Stride],
            [depth.Dilation, height.Dilation, 1], [depth.Padding, height.Padding, width.Padding]);
        return new(window, shape.Inputs, size * shape.Outputs);
    }

    /// <summary>Floats of memory that <see cref="Arrange"/> needs.</summary>
    public static int ScratchLength(ConvolutionShape shape) => shape.Grouped is { } grouped ? Most + Most + ((grouped.WeightLength + 15) & ~15) : 0;

    /// <summary>
    /// The plan of a convolution by groups, where they are a gain, with its operands as it reads them: these are written to <paramref name="scratch"/>, which moves behind
    /// them.
    /// </summary>
    public static ConvolutionPlan Arrange(ConvolutionShape shape, ref float* weight, ref float* scale, ref float* shift, ref float* scratch)
    {
        if (shape.Grouped is not { } grouped) return shape.Forward;
        float* end = scratch + ScratchLength(shape);
        int size = grouped.Outputs / shape.Outputs;
        scale = Repeat(scale, shape.Outputs, size, scratch);
        shift = Repeat(shift, shape.Outputs, size, scratch + Most);
        scratch += Most + Most;
        ArrangeWeight(shape, grouped, weight, scratch);
        weight = scratch;
        scratch = end;
        return grouped.Forward;
    }

    /// <summary>The weight of <paramref name="grouped"/>, <c>[kd, kh, wider kw, Ci, (place, Co)]</c>, from that of <paramref name="shape"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ArrangeWeight(ConvolutionShape shape, ConvolutionShape grouped, float* weight, float* arranged)
    {
        WindowAxis width = shape.Window.Width;
        int inputs = shape.Inputs, outputs = shape.Outputs, size = grouped.Outputs / outputs, wider = grouped.Window.Width.Kernel;
        new Span<float>(arranged, grouped.WeightLength).Clear();
        for (int row = shape.Window.Taps / width.Kernel; row > 0; row--)
        {
            for (int place = 0; place < size; place++)
            {
                float* from = weight, to = arranged + place * (width.Stride * inputs * grouped.Outputs + outputs);
                for (int i = width.Kernel * inputs; i > 0; i--)
                {
                    for (int channel = 0; channel < outputs; channel++) to[channel] = from[channel];
                    from += outputs;
                    to += grouped.Outputs;
                }
            }
            weight += width.Kernel * inputs * outputs;
            arranged += wider * inputs * grouped.Outputs;
        }
    }

    /// <summary>What belongs to each channel, for each place of a group; null stays null.</summary>
    private static float* Repeat(float* channels, int count, int size, float* repeated)
    {
        if (channels == null) return null;
        for (int place = 0; place < size; place++) new ReadOnlySpan<float>(channels, count).CopyTo(new Span<float>(repeated + place * count, count));
        return repeated;
    }
}
