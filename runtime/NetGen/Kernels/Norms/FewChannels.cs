namespace NetGen.CompilerServices;

/// <summary>
/// Maps of images with fewer channels than a vector has lanes: so many pixels together are a whole number of vectors, and the numbers that belong to the channels
/// are repeated for each.
/// </summary>
internal static class FewChannels
{
    /// <summary>Floats of the longest repetition: 16 pixels of 15 channels.</summary>
    public const int MaxFloats = 240;

    private const int Lanes = 16;

    /// <summary>Fewer pixels are not worth the repeating.</summary>
    private const int LeastPixels = 64;

    /// <summary>How many pixels are taken together: 1 where a vector's worth of channels is there, or few pixels.</summary>
    public static int PixelsTogether(int channels, int pixels) => channels >= Lanes || pixels < LeastPixels ? 1 : Lanes / (channels & -channels);

    /// <summary>The values of the channels <paramref name="times"/> times in a row.</summary>
    /// <param name="values">One a channel; may be empty.</param>
    /// <param name="times">How often.</param>
    /// <param name="memory">Where to, at least as much as they take; what is left of it is handed back.</param>
    public static ReadOnlySpan<float> Repeat(ReadOnlySpan<float> values, int times, ref Span<float> memory)
    {
        if (times == 1 || values.IsEmpty) return values;
        Span<float> repeated = memory[..(values.Length * times)];
        memory = memory[repeated.Length..];
        for (int start = 0; start < repeated.Length; start += values.Length) values.CopyTo(repeated[start..]);
        return repeated;
    }
}
