namespace NetGen.Networks.Tests;

public sealed class PreprocessingTests
{
    private const int Samples = 11;

    [Fact]
    public void Images_are_fitted_by_channel_and_numbers_by_feature()
    {
        // The last number never changes.
        float[] rows = Numbers.Of(Samples * ImageAndNumbers.InputSize);
        for (int i = 0; i < Samples; i++)
        {
            rows[i * ImageAndNumbers.InputSize + 21] = 5;
        }
        ImageAndNumbers network = new();
        network.FitPreprocessing(rows);

        // A sample: channel 0, channel 1, four numbers.
        AssertFitted(network, "pixels", 0, rows, Enumerable.Range(0, 9));
        AssertFitted(network, "pixels", 1, rows, Enumerable.Range(9, 9));
        AssertFitted(network, "numbers", 0, rows, [18]);
        AssertFitted(network, "numbers", 1, rows, [19]);
        AssertFitted(network, "numbers", 2, rows, [20]);
        Assert.Equal((5, 1), (Export(network, "numbers.mean", 4)[3], Export(network, "numbers.std", 4)[3]));
    }

    [Fact]
    public void Predictions_see_standardised_values()
    {
        float[] rows = Numbers.Of(Samples * ImageAndNumbers.InputSize);
        ImageAndNumbers network = new(seed: 1);
        network.FitPreprocessing(rows);
        float[] prediction = new float[2];
        network.Predict(rows.AsSpan(0, ImageAndNumbers.InputSize), prediction);

        double[] standardized = new double[ImageAndNumbers.InputSize];
        for (int i = 0; i < standardized.Length; i++)
        {
            (string name, int at, int count) = i < 18 ? ("pixels", i / 9, 2) : ("numbers", i - 18, 4);
            standardized[i] = (rows[i] - Export(network, $"{name}.mean", count)[at]) / (double)Export(network, $"{name}.std", count)[at];
        }
        float[] weight = Export(network, "dense1.weight", 2 * 22);
        Closeness.AssertClose([.. weight.Chunk(22).Select(row => row.Zip(standardized, (w, x) => w * x).Sum())], prediction);
    }

    [Fact]
    public void Fitting_changes_no_parameter_and_is_nothing_without_a_layer_to_fit()
    {
        Classifier network = new(seed: 1);
        network.FitPreprocessing(Numbers.Of(Samples * Classifier.InputSize));
        Assert.Equal(Numbers.Bits(new Classifier(seed: 1).Parameters), Numbers.Bits(network.Parameters));
        Assert.NotEqual(Numbers.Bits(new Classifier(seed: 1).State), Numbers.Bits(network.State));

        Regressor without = new(seed: 1);
        without.FitPreprocessing(Numbers.Of(Samples * Regressor.InputSize));
        Assert.True(without.State.IsEmpty);
    }

    [Fact]
    public void Samples_that_cannot_be_fitted_are_refused()
    {
        Classifier network = new();

        Assert.Equal(
            "Expected at least 1 sample to fit preprocessing to, got 0. Pass the training part of the data. (Parameter 'samples')",
            Assert.Throws<ArgumentException>(() => network.FitPreprocessing([])).Message);
        Assert.Equal(
            "Expected 6 floats or a whole number of samples, got 7. (Parameter 'samples')",
            Assert.Throws<ArgumentException>(() => network.FitPreprocessing(new float[7])).Message);
    }

    private static void AssertFitted(ImageAndNumbers network, string layer, int at, float[] rows, IEnumerable<int> columns)
    {
        double[] values = [.. rows.Chunk(ImageAndNumbers.InputSize).SelectMany(row => columns.Select(column => (double)row[column]))];
        double mean = values.Average();
        int count = layer == "pixels" ? 2 : 4;

        Closeness.AssertClose(mean, Export(network, $"{layer}.mean", count)[at]);
        Closeness.AssertClose(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), Export(network, $"{layer}.std", count)[at]);
    }

    private static float[] Export(ImageAndNumbers network, string name, int count)
    {
        float[] values = new float[count];
        network.Export(name, values);
        return values;
    }
}
