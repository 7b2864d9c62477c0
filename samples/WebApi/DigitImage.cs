namespace WebApi;

/// <summary>A handwritten digit.</summary>
/// <param name="Pixels">8x8 pixels, row by row, from 0 (paper) to 16 (ink).</param>
public sealed record DigitImage(float[] Pixels);
