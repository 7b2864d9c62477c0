using NetGen;

namespace FromScratch;

/// <summary>One filter over an image of 5x5 pixels, without padding: 3x3 places.</summary>
[Network(Unroll = Unroll.Never), Input(1, 5, 5), Conv2D(1, 3, Padding = Padding.None, Bias = false), MeanSquaredError]
public sealed partial class OneFilter;

/// <summary>The same sizes, every pixel connected with every place.</summary>
[Network, Input(25), Dense(9, Bias = false), MeanSquaredError]
public sealed partial class AllConnected;

/// <summary>A filter, a bend and a pool: the heart of an image network.</summary>
[Network, Input(1, 6, 6), Conv2D(1, 3, Padding = Padding.None, Bias = false), ReLU, MaxPool2D(2)]
public sealed partial class FilterAndPool;

internal static class ConvolutionChapter
{
    /// <summary>Answers to what is dark on the left and light on the right.</summary>
    private static readonly float[] Edge = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

    public static void Run(TextWriter output)
    {
        float[] image = [.. Enumerable.Range(0, 25).Select(pixel => pixel % 5 >= 3 ? 1f : 0f)];
        float[] byHand = new float[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                for (int y = 0; y < 3; y++)
                {
                    for (int x = 0; x < 3; x++)
                    {
                        byHand[3 * row + column] += Edge[3 * y + x] * image[5 * (row + y) + column + x];
                    }
                }
            }
        }
        OneFilter net = new();
        net.Import("conv2d1.weight", Edge);
        float[] generated = new float[9];
        net.Predict(image, generated);
        output.WriteLine("image            by hand        OneFilter");
        for (int row = 0; row < 5; row++)
        {
            string pixels = string.Concat(image[(5 * row)..(5 * row + 5)].Select(pixel => $" {pixel}"));
            string places = row < 3 ? $"       {Whole(byHand, row)}      {Whole(generated, row)}" : "";
            output.WriteLine($"{pixels}{places}");
        }
        output.WriteLine();
        output.WriteLine($"parameters: {OneFilter.ParameterCount} of the filter, {AllConnected.ParameterCount} if all were connected");
        output.WriteLine();

        FilterAndPool pooled = new();
        pooled.Import("conv2d1.weight", Edge);
        float[] wide = [.. Enumerable.Range(0, 36).Select(pixel => pixel % 6 >= 3 ? 1f : 0f)];
        float[] summary = new float[4];
        pooled.Predict(wide, summary);
        output.WriteLine($"after ReLU and a pool of 2x2: {Text.Row(summary, 7).Trim()}");
        output.WriteLine();

        // The filter is found from examples: what it should give for random images.
        Random random = new(1);
        float[] images = [.. Enumerable.Range(0, 32 * 25).Select(_ => (float)(2 * random.NextDouble() - 1))];
        float[] wanted = new float[32 * 9];
        net.Predict(images, wanted);
        OneFilter learner = new(seed: 1);
        SGD descent = new(learningRate: 0.3f);
        for (int step = 0; step < 200; step++)
        {
            learner.TrainStep(images, wanted, descent);
        }
        output.WriteLine("the filter that 200 steps of descent found");
        foreach (float[] row in Text.Parameter(learner, "conv2d1.weight").Chunk(3))
        {
            output.WriteLine(string.Concat(row.Select(weight => Text.Of(weight, "0.00").PadLeft(7))));
        }

        static string Whole(float[] places, int row) => string.Concat(places[(3 * row)..(3 * row + 3)].Select(place => Text.Of(place, "0").PadLeft(3)));
    }
}
