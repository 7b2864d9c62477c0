using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>First values of parameters. Element i is a function of seed, stream and i.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Initialize
{
    // Steps of training count up from 0, so these counters are never those of dropout.
    private const ulong Step = ulong.MaxValue;
    private const int PerBlock = 4;

    /// <summary>Fills with numbers uniform in <c>[-bound, bound)</c>.</summary>
    /// <param name="destination">One parameter.</param>
    /// <param name="bound">The largest magnitude.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The parameter's number in its network.</param>
    public static void Uniform(Span<float> destination, float bound, ulong seed, int stream)
    {
        for (int i = 0; i < destination.Length; i += PerBlock)
        {
            Vector128<uint> bits = Philox.Block((uint)(i / PerBlock), (uint)stream, Step, seed);
            int end = Math.Min(PerBlock, destination.Length - i);
            for (int j = 0; j < end; j++)
            {
                // 24 bits fill a float's mantissa, so that this is exact up to the product.
                destination[i + j] = bound * ((bits[j] >> 8) * (1f / (1 << 23)) - 1);
            }
        }
    }

    /// <summary>
    /// Fills with normally distributed numbers of mean 0. Box and Muller, "A note on the generation of random normal deviates" (1958).
    /// </summary>
    /// <param name="destination">One parameter.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The parameter's number in its network.</param>
    public static void Normal(Span<float> destination, float standardDeviation, ulong seed, int stream)
    {
        for (int i = 0; i < destination.Length; i += PerBlock)
        {
            Vector128<uint> bits = Philox.Block((uint)(i / PerBlock), (uint)stream, Step, seed);
            int end = Math.Min(PerBlock, destination.Length - i);
            for (int j = 0; j < end; j++)
            {
                // Elements 0 and 1 are the cosine and sine of one pair of random words, 2 and 3 of the other.
                int pair = j & ~1;
                double radius = Math.Sqrt(-2 * Math.Log((bits[pair] + 0.5) / 4294967296.0));
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * (bits[pair + 1] / 4294967296.0));
                destination[i + j] = (float)(standardDeviation * radius * (j == pair ? cosine : sine));
            }
        }
    }

    /// <summary>Fills with one value.</summary>
    public static void Constant(Span<float> destination, float value) => destination.Fill(value);
}
