using NetGen.Training;

namespace NetGen.Networks.Tests;

public sealed class FileTests
{
    [Fact]
    public void A_trained_network_predicts_the_same_bits_after_saving_and_loading()
    {
        Dataset data = Numbers.Classes(60);
        Classifier trained = new(seed: 1);
        new Trainer<Classifier>(trained, new Adam(1e-2f)) { Epochs = 3, BatchSize = 8 }.Fit(data);
        Classifier loaded = new(seed: 2);
        LoadReport report = loaded.Load(Saved(trained));

        Assert.Equal(Numbers.Bits(Predict(trained, data)), Numbers.Bits(Predict(loaded, data)));
        Assert.Equal(Numbers.Bits(trained.State), Numbers.Bits(loaded.State));
        Assert.Equal(3 * 8, loaded.StepCount);
        Assert.Equal(loaded.StepCount, report.StepCount);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Unused);
        Assert.Equal(["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias", "standardize1.mean", "standardize1.std"], report.Loaded);
    }

    [Fact]
    public void Training_goes_on_from_a_file_as_if_it_had_never_stopped()
    {
        Dataset data = Numbers.Classes(60);
        Classifier whole = new(seed: 1);
        NewTrainer(whole, epochs: 4).Fit(data);

        Classifier first = new(seed: 1);
        NewTrainer(first, epochs: 2).Fit(data);
        Classifier second = new(seed: 1);
        second.Load(Saved(first));
        NewTrainer(second, epochs: 2).Fit(data);

        Assert.Equal(Numbers.Bits(whole.Parameters), Numbers.Bits(second.Parameters));

        // SGD without momentum remembers nothing that the file does not hold.
        static Trainer<Classifier> NewTrainer(Classifier network, int epochs) => new(network, new SGD(0.1f)) { Epochs = epochs, BatchSize = 8 };
    }

    [Fact]
    public void A_file_of_another_network_is_refused_and_changes_nothing()
    {
        NetworkFormatException error = AssertRefused(Saved(new NarrowRegressor(seed: 2)));

        Assert.Contains(nameof(Regressor), error.Message);
        Assert.Contains(nameof(NarrowRegressor), error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(-1)]
    public void A_truncated_file_is_refused_and_changes_nothing(int length)
    {
        MemoryStream file = Saved(new Regressor(seed: 2));
        file.SetLength(length < 0 ? file.Length + length : length);
        AssertRefused(file);
    }

    [Fact]
    public void A_file_of_one_network_loads_into_another_when_names_and_shapes_match_and_it_is_asked_for()
    {
        // All parts of the regressor but those of the block, whose shapes differ.
        Regressor network = new(seed: 1);
        NarrowRegressor other = new(seed: 2);
        LoadOptions withoutBlock = new() { AllowMissing = true, MapName = name => name.StartsWith("res1.", StringComparison.Ordinal) ? null : name };
        LoadReport report = network.Load(Saved(other), withoutBlock);

        Assert.Equal(["dense1.bias", "dense1.weight", "dense2.bias", "dense2.weight"], report.Loaded.Order());
        Assert.Equal(["res1.dense1.bias", "res1.dense1.weight", "res1.dense2.bias", "res1.dense2.weight"], report.Missing.Order());
        Assert.Null(report.StepCount);
        AssertSame(other, network, "dense1.weight", 33 * 6);
        AssertSame(new Regressor(seed: 1), network, "res1.dense1.weight", 17 * 33);

        static void AssertSame(INetwork expected, INetwork actual, string parameter, int count)
        {
            float[] ofExpected = new float[count];
            float[] ofActual = new float[count];
            expected.Export(parameter, ofExpected);
            actual.Export(parameter, ofActual);
            Assert.Equal(ofExpected, ofActual);
        }
    }

    private static NetworkFormatException AssertRefused(MemoryStream file)
    {
        Regressor network = new(seed: 1) { StepCount = 7 };
        int[] before = Numbers.Bits(network.Parameters);
        NetworkFormatException error = Assert.Throws<NetworkFormatException>(() => network.Load(file));

        Assert.Equal(before, Numbers.Bits(network.Parameters));
        Assert.Equal(7, network.StepCount);
        return error;
    }

    private static MemoryStream Saved(INetwork network)
    {
        MemoryStream file = new();
        network.Save(file);
        file.Position = 0;
        return file;
    }

    private static float[] Predict(Classifier network, Dataset data)
    {
        float[] predictions = new float[data.Count * Classifier.OutputSize];
        network.Predict(data.Features, predictions);
        return predictions;
    }
}
