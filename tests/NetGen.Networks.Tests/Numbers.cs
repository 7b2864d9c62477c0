using System.Runtime.InteropServices;
using NetGen.Training;

namespace NetGen.Networks.Tests;

/// <summary>Numbers and samples to compute with, always the same.</summary>
internal static class Numbers
{
    /// <summary>Different numbers between -1 and 1.</summary>
    public static float[] Of(int count, float phase = 0) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f + phase))];

    /// <summary>Samples that a network can read: numbers between -1 and 1, and ids of its vocabularies.</summary>
    public static float[] For(NetworkInfo info, int count, float phase = 0)
    {
        int[] ids = [.. info.Inputs.SelectMany(input => Enumerable.Repeat(input.Vocabulary, input.Shape.Count))];
        return [.. Of(count * info.InputSize, phase).Select((value, i) => ids[i % ids.Length] is > 0 and var vocabulary ? (int)((value + 1) * 0.499f * vocabulary) : value)];
    }

    /// <summary>Samples of 6 features and 3 classes, decided by the largest of the first three features.</summary>
    public static Dataset Classes(int count)
    {
        float[] features = Of(count * Classifier.InputSize);
        int[] classes =
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                ReadOnlySpan<float> first = features.AsSpan(i * Classifier.InputSize, 3);
                return first[0] >= Math.Max(first[1], first[2]) ? 0 : first[1] >= first[2] ? 1 : 2;
            }),
        ];
        return Dataset.FromArrays(features, Classifier.InputSize, classes, ["first", "second", "third"]);
    }

    /// <summary>The bits of floats, which tell more apart than their values: NaN equals itself, and -0 is not 0.</summary>
    public static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
