using System.Text;

namespace NetGen.Truth;

/// <summary>Uniform numbers that follow from a name: what <c>tests/fixtures/large.py</c> computes too, so that no file has to hold them.</summary>
internal static class NamedNumbers
{
    /// <summary><paramref name="mean"/> ± <paramref name="scale"/>: FNV-1a of the name, then for each element a step of the golden ratio and MurmurHash3's finalizer.</summary>
    public static float[] Of(string name, int count, double mean = 0, double scale = 1)
    {
        uint seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            uint x = unchecked(((uint)index * 0x9E3779B1u) + seed);
            x = unchecked((x ^ (x >> 16)) * 0x85EBCA6Bu);
            x = unchecked((x ^ (x >> 13)) * 0xC2B2AE35u);
            x ^= x >> 16;
            return (float)(mean + (scale * ((x / 2147483648.0) - 1)));
        })];
    }

    /// <summary>The start of a parameter or of a running statistic: weights as He et al. (2015) draw them, scales and variances about 1, biases and means about 0.</summary>
    public static float[] Of(TensorInfo tensor)
    {
        int count = (int)tensor.Shape.Count, rank = tensor.Shape.Rank;
        return rank > 1 ? Of(tensor.Name, count, scale: Math.Sqrt(6.0 / (count / tensor.Shape[0])))
            : tensor.Name.EndsWith(".weight", StringComparison.Ordinal) || tensor.Name.EndsWith(".running_var", StringComparison.Ordinal) ? Of(tensor.Name, count, mean: 1, scale: 0.25)
            : Of(tensor.Name, count, scale: 0.1);
    }

    /// <summary>Class indices below a number.</summary>
    public static int[] Classes(string name, int count, int classes) =>
        [.. Of(name, count, mean: 0.5, scale: 0.5).Select(number => Math.Clamp((int)(number * classes), 0, classes - 1))];

    /// <summary>Targets 0 and 1.</summary>
    public static float[] Bits(string name, int count) => [.. Of(name, count).Select(number => number > 0 ? 1f : 0f)];
}
