namespace NetGen.CompilerServices;

/// <summary>One axis of a <see cref="SlidingWindow"/>: tap k of place p reads pixel <c>p * Stride - Padding + k * Dilation</c>.</summary>
/// <param name="Input">Pixels.</param>
/// <param name="Output">Places of the window.</param>
/// <param name="Kernel">Taps.</param>
/// <param name="Stride">Pixels from one place to the next.</param>
/// <param name="Dilation">Pixels from one tap to the next.</param>
/// <param name="Padding">Pixels that the first place begins before the image.</param>
internal readonly record struct WindowAxis(int Input, int Output, int Kernel, int Stride, int Dilation, int Padding)
{
    /// <summary>The pixel of a place's first tap; it may lie outside.</summary>
    public int Start(int place) => (place * Stride) - Padding;

    /// <summary>The first tap of a place that lies inside the image.</summary>
    public int FirstTap(int place) => Math.Min(Kernel, Start(place) >= 0 ? 0 : (-Start(place) + Dilation - 1) / Dilation);

    /// <summary>One past the last tap of a place that lies inside the image.</summary>
    public int EndTap(int place) => Math.Clamp((Input - Start(place) + Dilation - 1) / Dilation, 0, Kernel);
}
