namespace NetGen.CompilerServices;

/// <content>Statistics that need a feature's numbers in order.</content>
public static partial class Statistics
{
    /// <summary>Least number of each feature, and the largest less the least, <c>[length]</c>. A range of 0, or one that is not finite, becomes 1, so that dividing by it is safe.</summary>
    /// <inheritdoc cref="Fit" path="/param"/>
    public static void FitRange(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, Span<float> min, Span<float> range)
    {
        float[] buffer = BufferFor(samples, sampleSize, size, length);
        for (int l = 0; l < length; l++)
        {
            ReadOnlySpan<float> known = Known(samples, sampleSize, start, size, length, inner, l, buffer);
            (float least, float largest) = known.IsEmpty ? (0, 0) : (float.PositiveInfinity, float.NegativeInfinity);
            foreach (float value in known)
            {
                least = Math.Min(least, value);
                largest = Math.Max(largest, value);
            }
            min[l] = least;
            range[l] = SafeScale((double)largest - least);
        }
    }

    /// <summary>
    /// Median of each feature, and the third quartile less the first, <c>[length]</c>, between two numbers in a line. A distance of 0, or one that is
    /// not finite, becomes 1.
    /// </summary>
    /// <inheritdoc cref="Fit" path="/param"/>
    public static void FitQuartiles(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, Span<float> median, Span<float> iqr)
    {
        float[] buffer = BufferFor(samples, sampleSize, size, length);
        for (int l = 0; l < length; l++)
        {
            Span<float> known = Known(samples, sampleSize, start, size, length, inner, l, buffer);
            known.Sort();
            median[l] = (float)Quantile(known, 0.5);
            if (!iqr.IsEmpty)
            {
                iqr[l] = SafeScale(Quantile(known, 0.75) - Quantile(known, 0.25));
            }
        }
    }

    /// <summary>Mean of each feature, 0 where nothing is known.</summary>
    /// <inheritdoc cref="Fit" path="/param"/>
    public static void FitMean(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, Span<float> mean) =>
        Fit(samples, sampleSize, start, size, length, inner, mean, std: []);

    /// <summary>Median of each feature, 0 where nothing is known.</summary>
    /// <inheritdoc cref="FitQuartiles" path="/param"/>
    public static void FitMedian(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, Span<float> median) =>
        FitQuartiles(samples, sampleSize, start, size, length, inner, median, iqr: []);

    private static float[] BufferFor(ReadOnlySpan<float> samples, int sampleSize, int size, int length) => new float[samples.Length / sampleSize * (size / length)];

    /// <summary>The numbers of one feature that are known.</summary>
    private static Span<float> Known(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, int feature, float[] buffer)
    {
        int count = 0;
        for (int sample = start; sample < samples.Length; sample += sampleSize)
        {
            for (int place = feature * inner; place < size; place += length * inner)
            {
                foreach (float value in samples.Slice(sample + place, inner))
                {
                    if (!float.IsNaN(value))
                    {
                        buffer[count++] = value;
                    }
                }
            }
        }
        return buffer.AsSpan(0, count);
    }

    /// <summary>Below which a share of the numbers lies; 0 of none.</summary>
    private static double Quantile(ReadOnlySpan<float> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return 0;
        }
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double from = sorted[below];
        return from + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - from);
    }

    private static float SafeScale(double scale) => (float)scale is > 0 and < float.PositiveInfinity ? (float)scale : 1;
}
