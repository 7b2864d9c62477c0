namespace NetGen;

/// <summary>How a network with weights in its assembly reproduces the outputs that its file was saved with.</summary>
/// <param name="Samples">Samples that were replayed.</param>
/// <param name="Ulps">The largest difference of an output, in units in the last place of the largest output of its sample (of 0.001 where all are smaller). 0 is bit for bit.</param>
/// <param name="WorstSample">The sample of that difference.</param>
public sealed record GoldenReport(int Samples, double Ulps, int WorstSample)
{
    /// <summary>The largest difference that passes: about 1e-5 of the largest output. Folding, another width of vectors and other batches take less; other weights take far more.</summary>
    public const double Limit = 128;

    /// <summary>Whether the network computes what was trained.</summary>
    public bool Passed => Ulps <= Limit;

    /// <summary>Compares outputs with those that they should be.</summary>
    /// <param name="expected"><c>[Samples, outputs]</c>.</param>
    /// <param name="actual"><c>[Samples, outputs]</c>.</param>
    /// <param name="samples">Rows.</param>
    internal static GoldenReport Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int samples)
    {
        (double worst, int at) = (0, 0);
        int width = expected.Length / samples;
        for (int sample = 0; sample < samples; sample++)
        {
            float scale = 1e-3f;
            foreach (float value in expected.Slice(sample * width, width))
            {
                scale = float.IsFinite(value) ? Math.Max(scale, Math.Abs(value)) : scale;
            }
            double ulp = (double)MathF.BitIncrement(scale) - scale;
            for (int i = sample * width; i < (sample + 1) * width; i++)
            {
                double ulps = expected[i].Equals(actual[i]) ? 0 : Math.Abs((double)expected[i] - actual[i]) / ulp;
                if (double.IsNaN(ulps))
                {
                    ulps = double.PositiveInfinity;
                }
                if (ulps > worst)
                {
                    (worst, at) = (ulps, sample);
                }
            }
        }
        return new(samples, worst, at);
    }
}
