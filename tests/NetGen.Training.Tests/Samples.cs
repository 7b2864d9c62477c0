namespace NetGen.Training.Tests;

/// <summary>Small data sets whose first feature is the sample's number, so that samples can be told apart.</summary>
internal static class Samples
{
    /// <summary>Classes that lie apart, with the given numbers of samples, one class after the other.</summary>
    public static Dataset OfClasses(params int[] counts)
    {
        int[] classes = [.. counts.SelectMany((count, index) => Enumerable.Repeat(index, count))];
        float[] features = [.. classes.SelectMany((index, i) => new float[] { i, index * 10 })];
        return Dataset.FromArrays(features, 2, classes, [.. counts.Select((_, index) => $"class{index}")]);
    }

    /// <summary>y = 2 x + 1.</summary>
    public static Dataset OfLine(int count)
    {
        float[] features = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        return Dataset.FromArrays(features, 1, [.. features.Select(x => 2 * x + 1)], 1);
    }

    /// <summary>The numbers of the samples, in order.</summary>
    public static int[] Numbers(Dataset data) => Numbers(data.Features, data.FeatureCount);

    /// <summary>The numbers of the samples, in order.</summary>
    public static int[] Numbers(ReadOnlySpan<float> features, int featureCount)
    {
        int[] numbers = new int[features.Length / featureCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (int)features[i * featureCount];
        }
        return numbers;
    }
}
