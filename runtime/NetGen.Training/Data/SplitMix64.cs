namespace NetGen.Training;

/// <summary>
/// A generator of random numbers whose bits never change between versions or machines, which <see cref="Random"/> does not promise
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// </summary>
public struct SplitMix64
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts the sequence that belongs to a seed and a stream; equal pairs give equal sequences.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Any number; sequences of different streams have nothing to do with each other.</param>
    public SplitMix64(ulong seed, ulong stream = 0) => _state = Mix(Mix(seed + Gamma) + stream * Gamma);

    /// <summary>Continues from a state, as the published reference code does.</summary>
    public static SplitMix64 FromState(ulong state) => new() { _state = state };

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Mix(_state += Gamma);

    /// <summary>An integer from 0 up to, not including, <paramref name="bound"/>, each equally likely (Lemire 2019).</summary>
    /// <param name="bound">At least 1.</param>
    public int NextBelow(int bound)
    {
        ulong product = (Next() >> 32) * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            // The lowest 2^32 mod bound values would make some results likelier than others.
            uint threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
            {
                product = (Next() >> 32) * (uint)bound;
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>A number from 0 up to, not including, 1, in steps of <c>2^-53</c>.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A normally distributed number, of mean 0 and deviation 1 (Box and Muller, 1958).</summary>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
