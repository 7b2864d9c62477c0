using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>Fits preprocessing layers to training data. NaN stands for a number that is not known and does not count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Statistics
{
    // How many means are computed in one pass over the samples: their sums fit the stack and use whole cache lines.
    private const int Chunk = 64;

    /// <summary>
    /// Mean and population standard deviation of each feature over all samples and positions:
    /// <c>std[l] = sqrt(sum((x[l] - mean[l])^2) / n)</c>. A deviation of 0, or one that is not finite, becomes 1, so that dividing by it is safe.
    /// </summary>
    /// <param name="samples"><c>[n, sampleSize]</c>.</param>
    /// <param name="sampleSize">Floats in a sample: all inputs.</param>
    /// <param name="start">Where the input starts in a sample.</param>
    /// <param name="size">Floats of the input: <c>outer * length * inner</c>.</param>
    /// <param name="length">Features: the middle axis of the input seen as <c>[outer, length, inner]</c>.</param>
    /// <param name="inner">Positions of one feature that lie together.</param>
    /// <param name="mean"><c>[length]</c>.</param>
    /// <param name="std"><c>[length]</c>.</param>
    public static void Fit(ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, Span<float> mean, Span<float> std)
    {
        Debug.Assert(samples.Length % sampleSize == 0 && start + size <= sampleSize && size % (length * inner) == 0);
        Debug.Assert(mean.Length == length && std.Length == length);
        if (samples.IsEmpty)
        {
            mean.Clear();
            std.Fill(1);
            return;
        }
        Span<int> counts = stackalloc int[Chunk];
        Span<double> centers = stackalloc double[Chunk];
        Span<double> sums = stackalloc double[Chunk];
        for (int first = 0; first < length; first += Chunk)
        {
            int features = Math.Min(Chunk, length - first);

            // In double, k times a float is exact for k up to 2^29: a feature that never changes has its value as mean and deviation 0 exactly.
            centers.Clear();
            Accumulate<Difference>(samples, sampleSize, start, size, length, inner, first, centers[..features], sums, counts);
            for (int l = 0; l < features; l++)
            {
                centers[l] = counts[l] > 0 ? sums[l] / counts[l] : 0;
                mean[first + l] = (float)centers[l];
            }
            Accumulate<Square>(samples, sampleSize, start, size, length, inner, first, centers[..features], sums, counts);
            for (int l = 0; l < features; l++)
            {
                float deviation = (float)Math.Sqrt(sums[l] / counts[l]);
                std[first + l] = deviation > 0 && float.IsFinite(deviation) ? deviation : 1;
            }
        }
    }

    private static void Accumulate<TTerm>(
        ReadOnlySpan<float> samples, int sampleSize, int start, int size, int length, int inner, int first,
        ReadOnlySpan<double> centers, Span<double> sums, Span<int> counts)
        where TTerm : struct, ITerm
    {
        sums.Clear();
        counts.Clear();
        for (int sample = start; sample < samples.Length; sample += sampleSize)
        {
            for (int outer = 0; outer < size; outer += length * inner)
            {
                ReadOnlySpan<float> features = samples.Slice(sample + outer + first * inner, centers.Length * inner);
                for (int l = 0; l < centers.Length; l++)
                {
                    double sum = sums[l];
                    int count = counts[l];
                    foreach (float value in features.Slice(l * inner, inner))
                    {
                        if (!float.IsNaN(value))
                        {
                            sum += TTerm.Of(value - centers[l]);
                            count++;
                        }
                    }
                    sums[l] = sum;
                    counts[l] = count;
                }
            }
        }
    }

    private interface ITerm
    {
        static abstract double Of(double difference);
    }

    private readonly struct Difference : ITerm
    {
        public static double Of(double difference) => difference;
    }

    private readonly struct Square : ITerm
    {
        public static double Of(double difference) => difference * difference;
    }
}
