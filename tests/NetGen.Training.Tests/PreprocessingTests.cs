using System.Text.Json;
using NetGen.Testing;

namespace NetGen.Training.Tests;

/// <summary>Layers that are fitted to the training part, against scikit-learn's scalers and imputers: <c>tests/fixtures/scaling.py</c>.</summary>
public sealed class PreprocessingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Layers_are_fitted_as_in_scikit_learn(int index)
    {
        using JsonDocument fixtures = JsonDocument.Parse(File.ReadAllText(Repository.Fixture("scaling.json")));
        JsonElement fixture = fixtures.RootElement[index];
        float[] samples = [.. fixture.GetProperty("samples").EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Null ? float.NaN : element.GetSingle())];

        AssertFits(new Standardized(), samples, fixture.GetProperty("Standardize"), "standardize1.mean", "standardize1.std");
        AssertFits(new MinMaxScaled(), samples, fixture.GetProperty("MinMaxScale"), "minmaxscale1.min", "minmaxscale1.range");
        AssertFits(new RobustScaled(), samples, fixture.GetProperty("RobustScale"), "robustscale1.median", "robustscale1.iqr");
        AssertFits(new FilledByMean(), samples, fixture.GetProperty("Mean"), "impute1.fill");
        AssertFits(new FilledByMedian(), samples, fixture.GetProperty("Median"), "impute1.fill");
    }

    [Fact]
    public void A_network_learns_and_predicts_with_missing_numbers()
    {
        // y = x0 + x1, each of which is missing sometimes.
        SplitMix64 random = new(seed: 3);
        float[] features = new float[2 * 400];
        float[] targets = new float[400];
        for (int i = 0; i < targets.Length; i++)
        {
            (features[2 * i], features[2 * i + 1]) = (random.NextBelow(100), random.NextBelow(10));
            targets[i] = (features[2 * i] + features[2 * i + 1]) / 100;
            features[2 * i + i % 2] = i % 10 < 2 ? float.NaN : features[2 * i + i % 2];
        }
        var (train, test) = Dataset.FromArrays(features, 2, targets, 1, allowMissing: true).Split(0.75, 0.25, seed: 1);
        WithGaps net = new(seed: 1);
        new Trainer<WithGaps>(net, new Adam(1e-2f)) { Epochs = 20 }.Fit(train);

        Assert.InRange(RegressionReport.Evaluate(net, test).Mean.R2, 0.7, 1);
        float[] prediction = new float[1];
        net.Predict([float.NaN, float.NaN], prediction);
        Assert.InRange(prediction[0], 0.4, 0.7);
        Assert.Contains("Put [Impute] directly after [Input]", Assert.Throws<ArgumentException>(() => new Trainer<Standardized>(new Standardized(), new SGD()).Fit(
            Dataset.FromArrays([float.NaN, 0, 0, 0], 4, [1f], 1, allowMissing: true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_at_all_is_filled_with_0_and_not_scaled()
    {
        WithGaps net = new();
        net.FitPreprocessing([float.NaN, 1, float.NaN, 3]);

        Assert.Equal([0, 2], Exported(net, "impute1.fill", 2));
        Assert.Equal([0, 1], Exported(net, "minmaxscale1.min", 2));
        Assert.Equal([1, 2], Exported(net, "minmaxscale1.range", 2));
    }

    [Fact]
    public void A_network_knows_whether_it_takes_missing_numbers()
    {
        Assert.True(WithGaps.Info.TakesMissing);
        Assert.True(FilledByMedian.Info.TakesMissing);
        Assert.False(Standardized.Info.TakesMissing);
    }

    private static void AssertFits(ITrainable network, float[] samples, JsonElement expected, params string[] state)
    {
        network.FitPreprocessing(samples);
        for (int i = 0; i < state.Length; i++)
        {
            double[] values = [.. expected[i].EnumerateArray().Select(element => element.GetDouble())];
            float[] fitted = Exported(network, state[i], values.Length);
            for (int j = 0; j < values.Length; j++)
            {
                Assert.True(Math.Abs(fitted[j] - values[j]) <= 1e-6 * Math.Max(Math.Abs(values[j]), 1e-3), $"{state[i]}[{j}]: expected {values[j]:R}, got {fitted[j]:R}");
            }
        }
    }

    private static float[] Exported(ITrainable network, string name, int count)
    {
        float[] values = new float[count];
        network.Export(name, values);
        return values;
    }
}

[Network, Input(4), Standardize, Dense(1), MeanSquaredError]
internal sealed partial class Standardized;

[Network, Input(4), MinMaxScale, Dense(1), MeanSquaredError]
internal sealed partial class MinMaxScaled;

[Network, Input(4), RobustScale, Dense(1), MeanSquaredError]
internal sealed partial class RobustScaled;

[Network, Input(4), Impute, Dense(1), MeanSquaredError]
internal sealed partial class FilledByMean;

[Network, Input(4), Impute(Kind = ImputeKind.Median), Dense(1), MeanSquaredError]
internal sealed partial class FilledByMedian;

[Network, Input(2), Impute, MinMaxScale, Dense(8), ReLU, Dense(1), MeanSquaredError]
internal sealed partial class WithGaps;
