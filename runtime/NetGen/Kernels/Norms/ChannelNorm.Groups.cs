using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <content>The gradient where each sample and group of channels is normalised by itself.</content>
public static partial class ChannelNorm
{
    /// <summary>
    /// <c>dx = r (weight dy - s / count - n t / count)</c>, s and t being the sums of <c>weight dy</c> and of <c>weight dy n</c> over the sample's group. dx may be dy or x.
    /// </summary>
    /// <param name="dy"><c>[samples, pixels, channels]</c>.</param>
    /// <param name="x">Like dy.</param>
    /// <param name="moments"><c>[samples, 3, channels]</c>.</param>
    /// <param name="weight"><c>[channels]</c>, or empty for 1.</param>
    /// <param name="sums"><c>[samples, 2, channels]</c> as <see cref="GradientSums"/> gives it.</param>
    /// <param name="dx">Like dy.</param>
    /// <param name="pixels">Pixels of a sample.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="groups">Groups of equally many channels.</param>
    public static void GroupInputGradient(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> moments, ReadOnlySpan<float> weight, ReadOnlySpan<float> sums, Span<float> dx, int pixels, int channels,
        int groups)
    {
        Debug.Assert(dy.Length == x.Length && dx.Length == x.Length && x.Length == sums.Length / 2 * pixels && moments.Length == sums.Length / 2 * 3 && channels % groups == 0);
        int floats = pixels * channels, width = channels / groups;
        float share = 1f / (pixels * width);
        int together = FewChannels.PixelsTogether(channels, pixels), wide = together * channels, whole = floats / wide * wide;
        Span<float> memory = stackalloc float[together == 1 ? 0 : 5 * FewChannels.MaxFloats];
        Span<float> ofGroups = Scratch.OfThread(2 * channels), ofDy = ofGroups[..channels], ofProduct = ofGroups[channels..];
        for (int sample = 0; sample * floats < x.Length; sample++)
        {
            ReadOnlySpan<float> own = sums.Slice(sample * 2 * channels, 2 * channels);
            for (int start = 0; start < channels; start += width)
            {
                (double s, double t) = (0, 0);
                for (int c = start; c < start + width; c++)
                {
                    double factor = weight.IsEmpty ? 1 : weight[c];
                    s += factor * own[c];
                    t += factor * own[channels + c];
                }
                ofDy.Slice(start, width).Fill((float)s);
                ofProduct.Slice(start, width).Fill((float)t);
            }
            ReadOnlySpan<float> mean = moments.Slice(sample * 3 * channels, channels), r = moments.Slice(((sample * 3) + 2) * channels, channels);
            Span<float> free = memory;
            int first = sample * floats, rest = first + whole;
            Simd.Run(new InputKernel(
                dy.Slice(first, whole), x.Slice(first, whole), FewChannels.Repeat(mean, together, ref free), FewChannels.Repeat(r, together, ref free),
                FewChannels.Repeat(weight, together, ref free), FewChannels.Repeat(ofDy, together, ref free), FewChannels.Repeat(ofProduct, together, ref free),
                dx.Slice(first, whole), share, weightsSums: false));
            if (whole == floats) continue;
            Simd.Run(new InputKernel(
                dy.Slice(rest, floats - whole), x.Slice(rest, floats - whole), mean, r, weight, ofDy, ofProduct, dx.Slice(rest, floats - whole), share, weightsSums: false));
        }
    }
}
