namespace NetGen.CompilerServices;

/// <summary>The taps of one place along one axis, and the source pixels that they multiply.</summary>
/// <param name="First">The first tap.</param>
/// <param name="Count">Number of taps; may be 0.</param>
/// <param name="Source">The pixel that the first tap reads.</param>
internal readonly record struct AxisTaps(int First, int Count, int Source);

/// <summary>
/// Along one axis, which taps and source pixels each result is a sum of: places of a window over the pixels of an image, or, backwards, pixels over the places that
/// read them.
/// </summary>
internal readonly struct GatherAxis
{
    private readonly WindowAxis _axis;
    private readonly bool _backwards;

    private GatherAxis(WindowAxis axis, bool backwards)
    {
        _axis = axis;
        _backwards = backwards;
        if (!backwards)
        {
            (Results, Sources, Period, TapStep, SourceStep, Advance) = (axis.Output, axis.Input, 1, 1, axis.Dilation, axis.Stride);
            return;
        }
        int common = GreatestCommonDivisor(axis.Stride, axis.Dilation);
        (Results, Sources, Period, TapStep, SourceStep, Advance) = (axis.Input, axis.Output, axis.Stride, axis.Stride / common, -axis.Dilation / common, 1);
    }

    /// <summary>Number of results.</summary>
    public int Results { get; }

    /// <summary>Number of source pixels.</summary>
    public int Sources { get; }

    /// <summary>Results at this distance read the same taps, but at borders.</summary>
    public int Period { get; }

    /// <summary>From one tap of a result to its next.</summary>
    public int TapStep { get; }

    /// <summary>From the source pixel of one tap to that of the next.</summary>
    public int SourceStep { get; }

    /// <summary>From the source pixel of a result to that of the next at a distance of <see cref="Period"/>, by the same tap.</summary>
    public int Advance { get; }

    /// <summary>Results are places of the window: a convolution.</summary>
    public static GatherAxis Forwards(WindowAxis axis) => new(axis, false);

    /// <summary>Results are pixels of the image: a convolution's gradient.</summary>
    public static GatherAxis Backwards(WindowAxis axis) => new(axis, true);

    /// <summary>What a result reads.</summary>
    public AxisTaps Taps(int result)
    {
        if (!_backwards)
        {
            int first = _axis.FirstTap(result);
            return new(first, Math.Max(_axis.EndTap(result) - first, 0), _axis.Start(result) + (first * _axis.Dilation));
        }
        // Tap k reads place (result + padding - k dilation) / stride, if that is whole.
        int tap = 0, offset = result + _axis.Padding;
        while (tap < TapStep && (offset - (tap * _axis.Dilation)) % _axis.Stride != 0) tap++;
        if (tap == TapStep) return default;
        int source = (offset - (tap * _axis.Dilation)) / _axis.Stride;
        for (; source >= Sources; source += SourceStep) tap += TapStep;
        int count = 0;
        for (int k = tap, s = source; k < _axis.Kernel && s >= 0; k += TapStep, s += SourceStep) count++;
        return new(tap, count, source);
    }

    /// <summary>The pixel that a tap of result 0 reads, at stride 1 or forwards; it may lie outside.</summary>
    public int SourceOf(int tap) => _backwards ? _axis.Padding - (tap * _axis.Dilation) : (tap * _axis.Dilation) - _axis.Padding;

    /// <summary>How many results, from this one on at a distance of <see cref="Period"/>, read the same taps: 1 at least.</summary>
    public int Run(int result, AxisTaps taps)
    {
        if (taps.Count == 0) return 1;
        // As long as the largest source pixel exists, if no tap is missing for another reason.
        int largest = taps.Source, next = taps.First + (taps.Count * TapStep);
        if (_backwards)
        {
            if (taps.First >= TapStep || next < _axis.Kernel) return 1;
        }
        else
        {
            if (taps.First > 0 || next < _axis.Kernel) return 1;
            largest += (taps.Count - 1) * SourceStep;
        }
        return Math.Min((Sources - 1 - largest) / Advance, (Results - 1 - result) / Period) + 1;
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
