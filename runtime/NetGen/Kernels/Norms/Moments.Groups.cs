using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <content>Moments of groups of channels.</content>
public static partial class Moments
{
    /// <summary>
    /// Of each sample and group of channels the mean, the variance over channels and pixels and <c>1 / sqrt(variance + epsilon)</c>, for each channel of the group.
    /// </summary>
    /// <param name="samples"><c>[samples, 2, channels]</c> as <see cref="OfSamples"/> gives it.</param>
    /// <param name="moments"><c>[samples, 3, channels]</c>.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="groups">Groups of equally many channels that follow one another.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static void OfGroups(ReadOnlySpan<float> samples, Span<float> moments, int pixels, int channels, int groups, float epsilon)
    {
        Debug.Assert(channels % groups == 0 && samples.Length % (2 * channels) == 0 && moments.Length == samples.Length / 2 * 3);
        int width = channels / groups;
        for (; samples.Length > 0; samples = samples[(2 * channels)..], moments = moments[(3 * channels)..])
        {
            for (int start = 0; start < channels; start += width)
            {
                (double sum, double within, double between) = (0, 0, 0);
                ReadOnlySpan<float> means = samples.Slice(start, width), deviations = samples.Slice(channels + start, width);
                foreach (float value in means) sum += value;
                double mean = sum / width;
                foreach (float value in means) between += (value - mean) * (value - mean);
                foreach (float value in deviations) within += value;
                // Of equal values rounding may leave less than nothing.
                double variance = Math.Max((within + (pixels * between)) / ((double)pixels * width), 0);
                moments.Slice(start, width).Fill((float)mean);
                moments.Slice(channels + start, width).Fill((float)variance);
                moments.Slice((2 * channels) + start, width).Fill((float)(1 / Math.Sqrt(variance + epsilon)));
            }
        }
    }
}
