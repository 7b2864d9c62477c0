using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Copies of source rows between zeros, for windows that overhang at their ends.</summary>
internal static unsafe class SourceRows
{
    /// <summary>Copies rows that follow one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ConvolutionPlan plan, float* source, float* copy, int rows)
    {
        int length = plan.SourceWidth * plan.SourceChannels;
        copy += plan.Left * plan.SourceChannels;
        for (; rows > 0; rows--)
        {
            new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(copy, length));
            source += length;
            copy += plan.RowLength;
        }
    }

    /// <summary>Copies the rows that <paramref name="count"/> rows of places read, and gives where the image's first row would lie.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float* CopyBand(ConvolutionPlan plan, PassAxis height, float* source, float* copy, int first, int count)
    {
        int top = Math.Max(0, height.Start(first)), end = Math.Min(height.Source, height.Start(first) + height.SourcesOf(count));
        if (top < end) Copy(plan, source + (nint)top * plan.SourceWidth * plan.SourceChannels, copy, end - top);
        return copy - (nint)top * plan.RowLength;
    }

    /// <summary>Writes the zeros; copies leave them as they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ClearMargins(ConvolutionPlan plan, float* copy, int length)
    {
        int left = plan.Left * plan.SourceChannels, right = left + plan.SourceWidth * plan.SourceChannels;
        for (float* end = copy + length; copy < end; copy += plan.RowLength)
        {
            new Span<float>(copy, left).Clear();
            new Span<float>(copy + right, plan.RowLength - right).Clear();
        }
    }
}
